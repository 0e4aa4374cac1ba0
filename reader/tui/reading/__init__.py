"""What the reading keys mean, without Textual: the cursor, what is selected, where a move goes."""
