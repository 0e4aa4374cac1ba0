"""Words made comparable: capitals, accents and the kind of quotation mark make no difference."""

from __future__ import annotations

import re
import unicodedata

_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_ALIKE = {
    **dict.fromkeys("“”„‟«»", '"'),
    **dict.fromkeys("‘’‚‛ʼ", "'"),
    **dict.fromkeys("‐‑–—", "-"),
    # Letters that are no base letter with a mark on it, as most people type them who lack the key.
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
}  # fmt: skip
_OTHERS = re.compile(f"[{''.join(_ALIKE)}]")


def folded(text: str) -> str:
    """The text in small letters, without accents, with straight quotation marks and plain hyphens."""
    if text.isascii():
        return text.lower()
    # Compatible signs (full-width letters, ligatures) become plain ones, some of them capitals only then.
    small = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = unicodedata.normalize("NFC", _MARKS.sub("", small))
    return _OTHERS.sub(lambda found: _ALIKE[found[0]], bare)
