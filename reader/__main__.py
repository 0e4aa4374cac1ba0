"""`python -m reader` is the command `reader`."""

from reader.cli.main import main

if __name__ == "__main__":
    main()
