"""What people do while a consultation is written, by what they do, one file each."""
