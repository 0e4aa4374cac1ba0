"""Comparing people: which of Ana's marks goes with which of Ben's; agreement; decisions."""
