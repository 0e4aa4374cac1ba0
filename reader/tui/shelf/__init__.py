"""What a list of articles says and where: columns, bars, times, what was pasted; no Textual."""
