"""Door two: the screen; the only folder that knows Textual."""

import os

# Textual reads this once, when it is imported: 100 ms after Esc a legacy terminal's next letter is Alt+letter.
os.environ.setdefault("ESCDELAY", "25")
