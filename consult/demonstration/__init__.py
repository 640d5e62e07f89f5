"""A believable county to try the product on: our own words, fictional practices and people."""
