"""`python -m consult` is the command line."""

from consult.commands import main

main()
