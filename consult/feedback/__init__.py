"""You Said, We Did: what we heard, our answer, and where it is addressed; written by one person, published by another."""
