"""You Said, We Did: what we heard and our answer to it, written by one person and published by another."""
