"""The one family of errors: each message is a sentence saying what happened and what to do."""

from __future__ import annotations


class ReaderError(Exception):
    """Something that a person can act on; `exit_code` is what the command line ends with."""

    exit_code = 1


class UsageProblem(ReaderError):
    """What was asked for cannot be meant (a missing file, an option that contradicts another)."""

    exit_code = 2


class BadInput(ReaderError):
    """A file or a pasted text cannot be taken in; nothing was stored."""


class NotFound(ReaderError):
    """Nothing here has that name, id or number."""


class Refused(ReaderError):
    """The step is well-formed but would break a rule (a mark that is there already, say)."""


class StorageProblem(ReaderError):
    """The database cannot be opened, read or written; what was saved before is untouched."""


class Busy(StorageProblem):
    """Another program holds the database's lock; nothing was written."""
