"""The parts of the screens, drawn line by line."""
