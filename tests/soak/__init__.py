"""`make soak`: promises tried for a long time, against servers that are killed, full or crowded.

One file for each promise. Each prints its figures and gives what was wrong as sentences; `tests/answering/
test_promises.py` runs all of them shortened, and `docs/reliability.md` has the figures of a long run.
"""
