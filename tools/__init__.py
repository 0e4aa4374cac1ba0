"""What builds the files that lie in the repository ready-made."""
