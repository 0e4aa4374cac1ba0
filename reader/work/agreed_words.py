"""Agreement in words: what is left out and why, why a number is missing, and a paragraph for a methods section."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reader import __version__
from reader.review.agreement.bootstrap import LEVEL, RESAMPLES, Asked
from reader.review.agreement.measures import MEASURES, Measure
from reader.review.agreement.spans import Row, Whole
from reader.review.agreement.value import Value
from reader.work.adjudicated import Adjudicated
from reader.work.agreeing import Agreement, Found

MOST_NAMED = 5
"""Articles that are named in a line; of more, the number is said."""

NONE = "–"
"""Where there is no number."""

NOT_MARKED = "not marked"
"""The other one's tag where only one has marked something."""

MATCHED = (
    "Marks of one tag go together where they share words, marks of two tags where they share at least two thirds of"
    " the words of both; each mark is counted once."
)
"""How marks are paired off for the table of tags."""

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


SUMMED_UP = "F1 and uα are of all tags; percent, κ and α are of any tag: whether something is marked at all."
"""What a table says that has one number for each measure."""


def summary_row(measure: Measure) -> Whole:
    """What a measure says in one number: all tags, or whether something is marked at all."""
    return Whole.ANY if measure.of_characters else Whole.ALL


def summed_up(found: Found) -> Found:
    """One number for each measure, in their order."""
    chosen = [(asked, value) for asked, value in found if asked.row is summary_row(asked.measure)]
    return sorted(chosen, key=lambda answer: MEASURES.index(answer[0].measure))


def row_name(row: Row) -> str:
    """`all tags`, `any tag`, or the tag."""
    return row.value if isinstance(row, Whole) else row


def number(value: Value, measure: Measure) -> str:
    """The number as people read it; a dash where there is none."""
    if value.number is None:
        return NONE
    return shown(value.number, measure)


def shown(figure: float, measure: Measure) -> str:
    """`0.712`; percent agreement as `93.1 %`. 1 and 100 % only where nothing at all differs."""
    if measure.id == "percent":
        figure = 100 * figure
        return f"{min(figure, 99.9) if figure < 100 else figure:.1f} %"
    return f"{min(figure, 0.999) if figure < 1 else figure:.3f}"


def interval(value: Value, measure: Measure) -> str:
    """`0.651 to 0.770`; nothing where there is none."""
    if value.interval is None:
        return ""
    low, high = (shown(figure, measure) for figure in value.interval)
    return f"{low.removesuffix(' %')} to {high}"


def remarks(found: Iterable[tuple[str, Measure, Value]]) -> list[str]:
    """Why numbers are missing, and what to know of those that are there: each reason once, with where it holds."""
    reasons: dict[str, dict[str, dict[str, None]]] = {}
    for where, measure, value in found:
        for said in (value.why, value.note):
            if said:
                reasons.setdefault(said, {}).setdefault(where, {})[measure.name] = None
    return [f"{_where(places)}: {said}" for said, places in reasons.items()]


def no_intervals(values: Iterable[Value]) -> list[str]:
    """Why intervals are missing, each reason once."""
    return list(dict.fromkeys(value.no_interval for value in values if value.no_interval))


def left_out(agreement: Agreement) -> list[str]:
    """Which articles are not compared and why, and which ones somebody has not finished."""
    lines = []
    by_readers: dict[tuple[str, ...], list[str]] = {}
    for apart in agreement.left_out:
        by_readers.setdefault(apart.readers, []).append(apart.article.title)
    for readers, titles in by_readers.items():
        who = f"only {readers[0]} has read" if readers else "nobody of them has read"
        lines.append(f"Left out, since {who} {'it' if len(titles) == 1 else 'them'}: {_listed(titles)}.")
    begun: dict[str, list[str]] = {}
    for article, name in agreement.begun:
        begun.setdefault(name, []).append(article.title)
    for name, titles in begun.items():
        lines.append(f"Begun by {name} and not called done, yet compared: {_listed(titles)}.")
    return lines


def waiting(adjudicated: Adjudicated) -> list[str]:
    """Which articles are left out because they are not decided."""
    articles = adjudicated.waiting
    if not articles:
        return []
    differences = sum(left for _, left in articles)
    wait = "1 difference waits" if differences == 1 else f"{differences:,} differences wait"
    return [f"Left out, since {wait} for a decision: {_listed([article.title for article, _ in articles])}."]


def paragraph(agreement: Agreement, values: Mapping[Asked, Value]) -> str:
    """For a methods section: who, how much, which measures with their sources, every number with its interval."""
    people, tags = agreement.everybody, [tag.name for tag in agreement.tags]
    pairs = f", mean of the {_count(len(agreement.pairs))} pairs" if len(people) > 2 else ""

    def said(id_: str, row: Row) -> str:
        asked = next(each for each in values if each.measure.id == id_ and each.row == row)
        value = values[asked]
        text = number(value, asked.measure)
        return f"{text} [{interval(value, asked.measure)}]" if value.interval else text

    def with_tags(id_: str, row: Row) -> str:
        text = said(id_, row)
        return "undefined" if text == NONE else text

    def of_tags(id_: str) -> str:
        texts = [(tag, said(id_, tag)) for tag in tags]
        missing = [tag for tag, text in texts if text == NONE]
        listed = [f"{text} for {tag}" for tag, text in texts if text != NONE]
        return ", ".join([*listed, *([f"undefined for {_and(missing)}"] if missing else [])])

    marks = _and([f"{agreement.marks[name]:,} ({name})" for name in people])
    parts = [
        f"{_count(len(people)).capitalize()} annotators ({_and(people)}) marked spans in"
        f" {_counted(len(agreement.articles), 'article')} ({agreement.length:,} characters) with"
        f" {_counted(len(tags), 'tag')} ({_and(tags)}): {marks} annotations.",
    ]
    if agreement.left_out:
        parts.append(f"{_counted(len(agreement.left_out), 'further article')} not read by two of them"
                     f" {'is' if len(agreement.left_out) == 1 else 'are'} not included.")  # fmt: skip
    parts += [
        f"Exact span F1 (same characters and same tag; Hripcsak & Rothschild, 2005{pairs}) was"
        f" {with_tags('exact', Whole.ALL)}; F1 of overlap with the same tag (Da San Martino et al., 2019, 2020{pairs})"
        f" was {with_tags('overlap', Whole.ALL)}.",
        f"On characters, Krippendorff’s α (nominal; Krippendorff, 2019) was {of_tags('alpha')}, and"
        f" {with_tags('alpha', Whole.ANY)} for being marked at all; Cohen’s κ (Cohen, 1960{pairs}) was"
        f" {of_tags('kappa')}; observed agreement was {of_tags('percent')}.",
        f"Unitizing α (Krippendorff et al., 2016) was {of_tags('unitizing')};"
        f" for all tags together it was {with_tags('unitizing', Whole.ALL)}{_overlap_said(values)}.",
    ]
    if any(value.interval for value in values.values()):
        parts.append(
            f"Brackets are {LEVEL:.0%} percentile bootstrap intervals over articles ({RESAMPLES:,} resamples)."
        )
    parts.append(f"All were computed with closereader {__version__}.")
    return " ".join(parts)


def _overlap_said(values: Mapping[Asked, Value]) -> str:
    outside = any(
        each.measure.id == "unitizing" and each.row is Whole.ALL and value.number is None
        for each, value in values.items()
    )
    return ", since annotations of one annotator overlap" if outside else ""


SOURCES = (
    "Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement, 20(1),"
    " 37–46.",
    "Da San Martino, G., Barrón-Cedeño, A., Wachsmuth, H., Petrov, R., & Nakov, P. (2020). SemEval-2020 Task 11:"
    " Detection of propaganda techniques in news articles. Proceedings of SemEval 2020.",
    "Da San Martino, G., Yu, S., Barrón-Cedeño, A., Petrov, R., & Nakov, P. (2019). Fine-grained analysis of propaganda"
    " in news articles. Proceedings of EMNLP-IJCNLP 2019.",
    "Hripcsak, G., & Rothschild, A. S. (2005). Agreement, the F-measure, and reliability in information retrieval."
    " Journal of the American Medical Informatics Association, 12(3), 296–298.",
    "Krippendorff, K. (2019). Content analysis: An introduction to its methodology (4th ed.). Sage.",
    "Krippendorff, K., Mathet, Y., Bouvry, S., & Widlöcher, A. (2016). On the reliability of unitizing textual"
    " continua: Further developments. Quality & Quantity, 50(6), 2347–2364.",
)
"""What the paragraph names."""


def explained(measure: Measure) -> list[tuple[str, str]]:
    """Everything about a measure: a heading and what stands under it."""
    return [
        ("", measure.name),
        ("what it is", measure.definition),
        ("formula", measure.formula),
        ("how to read it", measure.reading),
        ("over articles", measure.pooling),
        ("no number", measure.undefined),
        ("source", measure.source),
    ]


def _where(places: Mapping[str, Mapping[str, None]]) -> str:
    """`Cohen’s κ, unitizing α (claim, quote)`: the places of the same measures together."""
    by_measures: dict[tuple[str, ...], list[str]] = {}
    for place, names in places.items():
        by_measures.setdefault(tuple(names), []).append(place)
    return "; ".join(f"{', '.join(names)} ({_few(some)})" for names, some in by_measures.items())


def _few(places: Sequence[str]) -> str:
    more = len(places) - MOST_NAMED
    return ", ".join(places) if more <= 1 else f"{', '.join(places[:MOST_NAMED])} and {more} more"


def _listed(titles: Sequence[str]) -> str:
    if len(titles) > MOST_NAMED:
        return f"{len(titles):,} articles"
    return ", ".join(f"“{title}”" for title in titles)


def _count(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def _counted(number: int, one: str) -> str:
    return f"{number:,} {one if number == 1 else one + 's'}"


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
