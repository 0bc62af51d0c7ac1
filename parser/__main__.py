"""`python -m parser` is the command `trial-parser`."""

from parser.cli import main

if __name__ == "__main__":
    main()
