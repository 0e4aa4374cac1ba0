"""An HTML page as a test looks at it: its elements, what is linked, and the text of its articles."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "br"})


@dataclass
class Page(HTMLParser):
    """What a page holds, once it is `read`."""

    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    """The text of each article, without what stands beside it."""
    letters: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    """Each character of the articles with the layers (`u`, `o`) that mark it."""
    paragraphs: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), "an attribute twice"
        self.elements.append((tag, dict(attrs)))
        if tag in VOID:
            return
        classes = tuple((dict(attrs).get("class") or "").split())
        if tag == "div" and "text" in classes:
            self.texts.append("")
        self._open.append((tag, classes))
        self.paragraphs += tag == "p" and self._is_in_text()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        opened, _ = self._open.pop()
        assert opened == tag, f"</{tag}> ends <{opened}>"

    def handle_data(self, data: str) -> None:
        if self._is_in_text():
            self.texts[-1] += data
            layers = frozenset(name for _, classes in self._open for name in ("u", "o") if name in classes)
            self.letters += ((letter, layers) for letter in data)

    def _is_in_text(self) -> bool:
        names = [tag for tag, _ in self._open]
        return any(tag == "div" and "text" in classes for tag, classes in self._open) and "aside" not in names

    def attributes(self, name: str) -> list[str]:
        """The values of an attribute, wherever it stands."""
        return [str(attributes[name]) for _, attributes in self.elements if name in attributes]


def read(page: str) -> Page:
    """The page; every element must be closed where it was opened."""
    found = Page()
    found.feed(page)
    found.close()
    assert not found._open
    return found
