"""What came of taking in a file, in plain sentences, for both doors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from reader.storage.taking.plan import LayerCount, Refusal, ReviewCount
from reader.work.importing import Summary

_NAMED = 3
"""Things of a kind that are named before the others are only counted."""


def told(summary: Summary, *, would: bool = False) -> Iterator[str]:
    """A sentence for each thing that a person should know; `would`: of what was only looked at."""
    for layer in summary.layers:
        yield from _layer(layer, would)
    for review in summary.reviews:
        yield from _review(review)
    for article in summary.articles:
        if article.added:
            yield f"“{article.title}” {'would be' if would else 'was'} added to your articles."
        elif article.other_text:
            yield (
                f"They read another text of “{article.title}” (article {article.number}) than you:"
                " marks stand in yours where their words do."
            )
        if article.deleted and article.marks:
            back = f"`reader restore {article.number}` brings it back, with their marks."
            yield f"“{article.title}” is deleted here: {back}"
    for name in summary.books:
        yield f"The codebook “{name}” {'would come' if would else 'came'} along: its tags are none of yours."
    for match in summary.by_name:
        yield f"Their tag “{match.theirs}” is your “{match.ours}” of “{match.book}”, by its name."
    if summary.otherwise:
        tags = _listed([f"“{name}”" for name in summary.otherwise])
        yield f"Their codebook defines {tags} otherwise than yours: `reader codebook show` says what yours means."
    yield from _refused(summary.refusals)
    if not summary.is_news:
        yield f"{summary.name} {'has' if would else 'had'} nothing new."


def offered(summary: Summary) -> Iterator[str]:
    """The articles that only they have, a line each."""
    for article, marks in summary.offers:
        details = ", ".join(filter(None, (article.byline, article.date)))
        size = f"{_counted(article.words, 'word')}, {_counted(marks, 'mark')}"
        yield f"“{article.title}”{f' ({details})' if details else ''}, {size}"


def _layer(layer: LayerCount, would: bool) -> Iterator[str]:
    who = layer.annotator if layer.purpose == "own" else f"{layer.annotator} ({layer.purpose})"
    if layer.state == "yours":
        differ = f"; {_counted(layer.differ, 'mark')} of the file differ from it" if layer.differ else ""
        yield f"{who}: made here, so it {'would stay' if would else 'stays'} as it is{differ}."
    elif layer.state == "older":
        yield f"{who}: older than what is here, so nothing {'would change' if would else 'changed'}."
    elif layer.state != "refused":
        news = [
            f"{number:,} {what}"
            for number, what in ((layer.added, "added"), (layer.changed, "changed"), (layer.removed, "removed"))
            if number
        ]
        if news:
            same = f", {layer.unchanged:,} as before" if layer.unchanged else ""
            yield f"{who}: {_listed(news)}{same}."
        elif layer.state == "new":
            if not layer.elsewhere:
                yield f"{who}: has marked nothing in your articles."
        elif layer.unchanged or not layer.elsewhere:
            yield f"{who}: nothing new{f', {layer.unchanged:,} marks as before' if layer.unchanged else ''}."
        yield from _carried(who, layer)
        if layer.elsewhere:
            yield f"{who}: {_counted(layer.elsewhere, 'mark')} in articles that are not here."


def _review(review: ReviewCount) -> Iterator[str]:
    news = [
        f"{_counted(number, 'decision')} {what}"
        for number, what in ((review.added, "came"), (review.changed, "changed"), (review.removed, "taken back"))
        if number
    ]
    news += [_counted(review.answers, "answer")] if review.answers else []
    if news or review.is_new:
        yield f"{review.reviewer}'s review ({review.kind}): {_listed(news) if news else 'nothing decided yet'}."


def _carried(who: str, layer: LayerCount) -> Iterator[str]:
    moved = layer.sure + layer.unsure + layer.gone
    if moved:
        parts = [f"{layer.sure:,} surely"] if layer.sure else []
        parts += [f"{layer.unsure:,} where they most likely belong"] if layer.unsure else []
        parts += [f"{layer.gone:,} without a place, with the words kept"] if layer.gone else []
        yield f"{who}: {_counted(moved, 'mark')} carried to your text of the article: {', '.join(parts)}."


def _refused(refusals: Sequence[Refusal]) -> Iterator[str]:
    by_reason: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for each in refusals:
        by_reason[each.what, each.why].append(each.id)
    for (what, why), ids in by_reason.items():
        more = f" and {len(ids) - _NAMED:,} more" if len(ids) > _NAMED else ""
        yield f"{_counted(len(ids), what)} left out, since {why} ({', '.join(ids[:_NAMED])}{more})."


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
