"""Benchmarks: what a person feels, measured in a real pseudo-terminal. Run by hand, never as tests."""
