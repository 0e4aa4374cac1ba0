"""Marks written into the text: `The [moon]{claim} is` instead of numbers."""

from __future__ import annotations

from reader.documents.span import Span


def marked(written: str) -> tuple[str, list[tuple[tuple[Span, ...], str]]]:
    """The text without the signs, and each mark: its pieces and its tag, in the order in which the marks end.

    `[moon]{claim}` is one mark; marks may lie inside each other. Pieces of one mark carry one number after the
    tag: `[The]{quote 1} moon [is]{quote 1}`.
    """
    text = ""
    opened: list[int] = []
    marks: list[tuple[tuple[Span, ...], str]] = []
    numbered: dict[str, int] = {}
    at = 0
    while at < len(written):
        if written[at] == "[":
            opened.append(len(text))
        elif written[at] == "]":
            end = written.index("}", at)
            label = written[at + 2 : end]
            span = Span(opened.pop(), len(text))
            tag, _, number = label.rpartition(" ") if label[-1].isdigit() else (label, "", "")
            if number and label in numbered:
                index = numbered[label]
                marks[index] = ((*marks[index][0], span), tag)
            else:
                numbered[label] = len(marks)
                marks.append(((span,), tag))
            at = end
        else:
            text += written[at]
        at += 1
    assert not opened, "a [ without its ]"
    return text, marks


def drawn(text: str, marks: list[tuple[tuple[Span, ...], str]]) -> str:
    """The text with the marks written in, as `marked` reads it; they must lie inside or beside each other."""
    signs: list[tuple[int, int, int, int, str]] = []
    for number, (pieces, tag) in enumerate(marks):
        label = f"{tag} {number}" if len(pieces) > 1 else tag
        for piece in pieces:
            signs.append((piece.start, 1, -piece.end, number, "["))
            signs.append((piece.end, 0, -piece.start, -number, f"]{{{label}}}"))
    for offset, *_, sign in sorted(signs, reverse=True):
        text = text[:offset] + sign + text[offset:]
    return text
