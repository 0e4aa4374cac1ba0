"""Door two: the screen; the only folder that knows Textual."""

import os
import sys

# Textual reads this once, when it is imported: 100 ms after Esc a legacy terminal's next letter is Alt+letter.
os.environ.setdefault("ESCDELAY", "25")

# GNU screen hands on what the terminal around it can do, takes 256 colours and reads others as dim, blinking, reversed.
if "STY" in os.environ and os.environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
    os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", "256")


def _import_asyncio() -> None:
    """Without OpenSSL, which it does without where there is none: 4 MB and 6 ms, and nothing here is sent anywhere."""
    if "asyncio" in sys.modules or "ssl" in sys.modules:
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]
    try:
        import asyncio  # noqa: F401
    finally:
        del sys.modules["ssl"]


_import_asyncio()
