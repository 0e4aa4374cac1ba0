"""`python -m bench.anchoring`: how many marks find their words again after an edit, and how many are put elsewhere.

Articles are edited lightly, moderately and heavily by `bench.edits`, which knows where every word went; a mark is right
where it begins and ends exactly there. Precision is the share of placed marks that are right, recall the share of
those whose words are still there. Beside it what difflib's character diff comes to, for how hard the edits are.
"""

from __future__ import annotations

import difflib
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from bench.edits import LEVELS, Edited, Level, edited, spans
from bench.stories import story
from reader.anchoring.carrying import Carried, Status, carry
from reader.documents.normalise import canonical, safe
from reader.documents.span import Span

TARGETS = {"light": (98.0, 97.0), "medium": (96.0, 94.0), "heavy": (90.0, 83.0)}
"""Precision and recall, in per cent."""

SURE_RIGHT = 99.0
MOST_MS = 2.0
WIDTH = 140
PER_TEXT = 40
"""Marks in one article."""


@dataclass(slots=True)
class Figures:
    """What was counted at one level."""

    level: str
    marks: int = 0
    """Those whose words did not come apart."""
    torn: int = 0
    gone: int = 0
    """Marks whose words are not there any more."""
    placed: int = 0
    right: int = 0
    sure: int = 0
    sure_right: int = 0
    revived: int = 0
    """Marks that were placed although their words are gone."""
    seconds: float = 0.0
    slowest_ms: float = 0.0
    """Of the articles: milliseconds a mark in the slowest."""
    difflib_placed: int = 0
    difflib_right: int = 0
    wrong: list[str] = field(default_factory=list)
    """What went wrong, to be read."""

    @property
    def precision(self) -> float:
        """Per cent of the placed marks."""
        return 100 * self.right / max(1, self.placed)

    @property
    def recall(self) -> float:
        """Per cent of the marks whose words are there."""
        return 100 * self.right / max(1, self.marks - self.gone)

    @property
    def sure_precision(self) -> float:
        """Per cent of the marks that nobody is asked about."""
        return 100 * self.sure_right / max(1, self.sure)

    @property
    def ms(self) -> float:
        """Milliseconds a mark."""
        return 1000 * self.seconds / max(1, self.marks + self.torn)

    def misses(self) -> list[str]:
        """The targets that were missed."""
        precision, recall = TARGETS[self.level]
        checks = {
            f"precision {precision:g}": self.precision >= precision,
            f"recall {recall:g}": self.recall >= recall,
            f"sure {SURE_RIGHT:g}": self.sure_precision >= SURE_RIGHT,
            f"{MOST_MS:g} ms": self.ms <= MOST_MS,
        }
        return [name for name, met in checks.items() if not met]


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="[TEXT…]")
@click.option("--marks", default=1000, show_default=True, help="Marks at each level.")
@click.option("--seed", default=1, show_default=True, help="Other edits of other articles.")
@click.option("--wrong", default=0, metavar="N", help="Show so many marks of each level that went wrong.")
@click.option("--json", "target", type=click.Path(path_type=Path), metavar="FILE", help="Write the figures there.")
def main(files: tuple[Path, ...], marks: int, seed: int, wrong: int, target: Path | None) -> None:
    """Precision and recall of carrying marks over, on made-up articles or on the texts named."""
    texts = [canonical(path.read_text(encoding="utf-8"))[0] for path in files]
    figures = [measured(level, texts or list(stories(seed, marks)), marks, seed) for level in LEVELS]
    shown(figures, wrong)
    if target is not None:
        target.write_text(json.dumps([_plain(each) for each in figures], indent=1) + "\n", encoding="utf-8")
        sys.stderr.write(f"Wrote {target}\n")
    sys.exit(1 if any(each.misses() for each in figures) else 0)


def stories(seed: int, marks: int) -> Iterator[str]:
    """Made-up articles, enough for so many marks."""
    choose = random.Random(f"stories {seed}")
    for _ in range(-(-marks // PER_TEXT)):
        yield story(choose, choose.randint(20, 90))


def measured(level: Level, texts: Sequence[str], marks: int, seed: int) -> Figures:
    """The figures of one level, over these texts in turn."""
    found = Figures(level.name)
    for number in range(-(-marks // PER_TEXT)):
        text = texts[number % len(texts)]
        choose = random.Random(f"{seed} {level.name} {number}")
        new = edited(text, level, choose)
        wanted = spans(text, min(PER_TEXT, marks - number * PER_TEXT), choose)
        if new.text:
            _measure(found, new, wanted)
    return found


def _measure(found: Figures, new: Edited, wanted: Sequence[tuple[Span, ...]]) -> None:
    begin = time.perf_counter()
    carried = carry(new.old, new.text, wanted)
    taken = time.perf_counter() - begin
    found.seconds += taken
    found.slowest_ms = max(found.slowest_ms, 1000 * taken / len(wanted))
    plain = _Plain(new.old, new.text)
    for fragments, each in zip(wanted, carried, strict=True):
        truth = new.truth(fragments)
        if truth.torn:
            found.torn += 1
            continue
        there = _trimmed(new.text, truth.fragments)
        right = _trimmed(new.text, each.fragments) == there
        found.marks += 1
        found.gone += not there
        found.placed += bool(each.fragments)
        found.right += bool(each.fragments) and right
        found.revived += bool(each.fragments) and not there
        found.sure += each.status is Status.SURE
        found.sure_right += each.status is Status.SURE and right
        other = plain.place(fragments)
        found.difflib_placed += bool(other)
        found.difflib_right += bool(other) and _trimmed(new.text, other) == there
        if not right:
            found.wrong.append(_told(new, fragments, there, each))


class _Plain:
    """What Python's difflib says of the characters."""

    def __init__(self, old: str, new: str) -> None:
        matcher = difflib.SequenceMatcher(None, old, new)
        self._same = [(i, j, n) for i, j, n in matcher.get_matching_blocks() if n]

    def place(self, fragments: Sequence[Span]) -> tuple[Span, ...]:
        """Where the first and the last characters of each fragment went; nothing where one of them is gone."""
        out = []
        for span in fragments:
            start, end = self._of(span.start), self._of(span.end - 1)
            if start is None or end is None or end < start:
                return ()
            out.append(Span(start, end + 1))
        return tuple(out)

    def _of(self, offset: int) -> int | None:
        return next((j + offset - i for i, j, n in self._same if i <= offset < i + n), None)


def _trimmed(text: str, fragments: Sequence[Span]) -> tuple[Span, ...]:
    """Without space at the edges."""
    out = []
    for span in fragments:
        words = span.cut(text)
        out.append(Span(span.start + len(words) - len(words.lstrip()), span.end - len(words) + len(words.rstrip())))
    return tuple(out)


def _told(new: Edited, fragments: Sequence[Span], there: Sequence[Span], each: Carried) -> str:
    was, should, is_ = (
        " … ".join(span.cut(text) for span in some)
        for text, some in ((new.old, fragments), (new.text, there), (new.text, each.fragments))
    )
    return f"{each.status} {each.score:.2f}\n  was    {was}\n  should {should or '(gone)'}\n  is     {is_ or '(gone)'}"


def shown(figures: Sequence[Figures], wrong: int) -> None:
    """The table."""
    table = Table(title="Marks carried over an edit", title_justify="left")
    headings = (
        "edits", "marks", "gone", "precision", "recall", "sure", "of these right", "unsure right", "placed though gone",
        "ms a mark", "slowest", "difflib P / R", "missed",
    )  # fmt: skip
    for heading in headings:
        table.add_column(heading, justify="left" if heading in ("edits", "missed") else "right")
    for each in figures:
        here = max(1, each.marks - each.gone)
        unsure = max(1, each.placed - each.sure)
        table.add_row(
            each.level,
            f"{each.marks:,}",
            f"{each.gone:,}",
            f"{each.precision:.1f} %",
            f"{each.recall:.1f} %",
            f"{100 * each.sure / here:.0f} %",
            f"{each.sure_precision:.2f} %",
            f"{100 * (each.right - each.sure_right) / unsure:.0f} %",
            f"{each.revived:,}",
            f"{each.ms:.2f}",
            f"{each.slowest_ms:.2f}",
            f"{100 * each.difflib_right / max(1, each.difflib_placed):.1f} / {100 * each.difflib_right / here:.1f}",
            ", ".join(each.misses()) or "none",
        )
    console = Console() if sys.stdout.isatty() else Console(width=WIDTH)
    console.print(table)
    for each in figures:
        for told in each.wrong[:wrong]:
            sys.stdout.write(f"\n{each.level}: {safe(told, lines=True)}\n")


def _plain(each: Figures) -> dict[str, Any]:
    """As JSON."""
    return asdict(each) | {
        "precision": each.precision,
        "recall": each.recall,
        "sure_precision": each.sure_precision,
        "ms": each.ms,
        "missed": each.misses(),
    }


if __name__ == "__main__":
    main()
