"""What can be done with answers: send them, add to them, take them back; count them."""
