"""What can be done with batches of paper, and with the forms in them."""
