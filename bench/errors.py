"""What can go wrong with a measurement."""


class BenchProblem(Exception):
    """A measurement that could not be made; the message is a sentence about why."""
