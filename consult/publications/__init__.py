"""Documents for people: one tree of blocks, written as HTML, PDF and Word."""
