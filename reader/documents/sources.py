"""Where articles are from."""

from __future__ import annotations


def site_of(source: str) -> str:
    """Where an article is from, of a web address only the site: `https://www.example.org/a` is `example.org`."""
    _, is_address, rest = source.partition("://")
    site = rest.partition("/")[0].removeprefix("www.")
    return site if is_address and site else source
