"""What fills the terminal: the reading screen, and what opens over it."""
