"""From what was measured to the figures of the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bench.figures import Figure, Statistic, median, p95, ratio
from bench.pane.limits import START_LIMIT, limit
from bench.pane.sessions import CURSOR, Samples, unhindered

_ABOUT = (
    ("page", "page"), ("end", "end"), ("home", "home"), ("search hit", "hit"), ("jump to a mark", "mark"),
    ("tag list", "tag list"), ("note", "note"), ("peek", "peek"),
)  # fmt: skip
"""Figures with a limit of their own, and their samples."""

TIMES = frozenset({"ms", "×", "× B"})
"""Units of what takes longer on a busy machine."""

SHOWN = (("first paint", "ms"), ("key down", "ms"), ("page", "ms"), ("hit", "ms"), ("memory", "MB"))
"""What all programs that show a text are compared by, and in what unit."""


def figures(size: str, rounds: Sequence[Samples]) -> list[Figure]:
    """The pane at one size, with what each time would be, about, had there always been a processor."""
    free = _figures(size, [unhindered(one) for one in rounds])
    return [
        replace(figure, unhindered=other.value) if figure.unit in TIMES else figure
        for figure, other in zip(_figures(size, rounds), free, strict=True)
    ]


def _figures(size: str, rounds: Sequence[Samples]) -> list[Figure]:

    def worth(name: str, statistic: Statistic = median) -> float:
        return over_rounds(rounds, name, statistic)

    def of(name: str, value: float, unit: str, beside: float | None = None, note: str = "") -> Figure:
        times = None if beside is None else value / beside
        return Figure(name, value, unit, limit(name, size), times, note=note)

    def worst(name: str) -> str:
        return f"at worst {worth(name, max):.1f} ms"

    first, bare_first = worth("first paint"), worth("bare first paint")
    times_bare = median([ratio(one["first paint"], one["bare first paint"]) for one in rounds])
    bare_key, bare_p95, bare_memory = worth("bare key"), worth("bare key", p95), worth("bare memory")
    bytes_by_key = {key: worth(f"bytes {key}") for key in CURSOR}
    heaviest = max(bytes_by_key, key=lambda key: bytes_by_key[key])
    commit, commit_p95 = worth("commit"), worth("commit", p95)
    mark, mark_p95 = worth("mark key"), worth("mark key", p95)
    against_none = median([ratio(one["key"], one["plain key"]) for one in rounds])
    lost = sum(sum(one["top line lost"]) for one in rounds)
    return [
        of("first paint", times_bare, "× B", note=f"{first:.0f} ms, B {bare_first:.0f} ms"),
        of("list and counts after it", worth("list"), "ms"),
        of("key, median", worth("key"), "ms", bare_key),
        of("key, p95", worth("key", p95), "ms", bare_p95, worst("key")),
        of("key, against no marks", against_none, "×"),
        of("bytes of a cursor key", bytes_by_key[heaviest], "bytes", note=f"of {heaviest}, the heaviest"),
        of("mark beyond its commit, median", mark - commit, "ms", note=f"commit {commit:.1f} ms"),
        of("mark beyond its commit, p95", mark_p95 - commit_p95, "ms", note=f"commit {commit_p95:.1f} ms"),
        of("the first mark beyond its commit", worth("first mark key") - worth("first commit"), "ms"),
        *(of(name, worth(samples), "ms", bare_key, worst(samples)) for name, samples in _ABOUT),
        of("resize", worth("resize"), "ms", note=worst("resize")),
        of("resizes that lose the top line", lost, ""),
        of("peak memory", worth("memory"), "MB", bare_memory),
        of("B: first paint", bare_first, "ms"),
        of("B: key, median", bare_key, "ms"),
        of("B: key, p95", bare_p95, "ms"),
        of("B: peak memory", bare_memory, "MB"),
    ]


def compared(rounds: Sequence[Samples], bare: Sequence[Samples]) -> list[Figure]:
    """One program by what all of them do; what it cannot do has no value, and what the bare app cannot, no ratio."""

    def worth(of: Sequence[Samples], name: str) -> float | None:
        return over_rounds(of, name) if any(one.get(name) for one in of) else None

    found = []
    for name, unit in SHOWN:
        value, beside = worth(rounds, name), worth(bare, name)
        times = value / beside if value is not None and beside is not None and unit == "ms" else None
        found.append(Figure(name, value, unit, ratio=times))
    return found


def as_bare(rounds: Sequence[Samples]) -> list[Samples]:
    """What the bare app did in these rounds, under the names that all programs go by."""
    names = {"first paint": "bare first paint", "key down": "bare key", "memory": "bare memory"}
    return [{name: one[measured] for name, measured in names.items()} for one in rounds]


def start_figures(samples: Mapping[str, Sequence[float]], reference: str) -> list[Figure]:
    """The command line beside its reference."""
    beside = samples[reference]
    return [
        Figure(
            name,
            ratio(times, beside),
            "×",
            None if name == reference else START_LIMIT,
            note=f"{median(times):.0f} ms",
        )
        for name, times in samples.items()
    ]


def over_rounds(rounds: Sequence[Samples], name: str, statistic: Statistic = median) -> float:
    """The median of what each round is worth, so that one noisy round changes little."""
    return median([statistic(one[name]) for one in rounds if one.get(name)])
