"""`python -m consult` is the command line."""

from consult.commands import main

if __name__ == "__main__":
    main()
