"""`reader codebook …`, one file for each command."""
