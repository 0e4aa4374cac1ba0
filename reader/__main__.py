"""Starting: `reader` and `python -m reader` are the same command."""

import gc

OBJECTS_AT_THE_START = 200_000
"""Container objects made before the first look for dead ones."""


def main() -> None:
    """The installed command."""
    # Nearly nothing that a start makes dies soon: looking for what does took a fifth of the time to the first page.
    gc.set_threshold(OBJECTS_AT_THE_START)
    from reader.cli.main import main as run

    run()


if __name__ == "__main__":
    main()
