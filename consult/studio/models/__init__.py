"""What is kept while a consultation is written: by what is kept, one file each."""
