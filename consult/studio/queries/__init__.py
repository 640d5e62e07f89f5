"""What pages of this room ask for, by what they show, one file each."""
