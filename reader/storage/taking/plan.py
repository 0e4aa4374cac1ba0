"""What taking in somebody's marks would change: worked out first, then shown, then written."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from reader.annotations.bundle import Article, Text
    from reader.documents.load import Intake

Row = Mapping[str, object]
"""A row in which other rows are named by their ids, texts by their hashes."""

State = Literal["new", "newer", "same", "older", "marks", "replaced", "yours", "refused"]
"""Of a layer: it is not here yet; what comes is newer, the same, or older than what is here; the file does not say
(marks are compared one by one), or it is to replace what is here; it was made here; it cannot be what it says.
"""


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for."""

    add: Collection[str] | Literal["all"] = ()
    """UUIDs of the articles only they have that are to be added."""

    as_key: bool = False
    """Their own layers become answer keys."""

    replace: bool = False
    """What a file without step numbers lacks is taken away."""


class Refusal(NamedTuple):
    """Something that is not taken in."""

    what: str
    """`mark`, `link`, `reading`, `layer`, `review`, `decision`, `answer` …"""
    id: str
    why: str
    """A part of a sentence."""


@dataclass(slots=True)
class LayerCount:
    """What becomes of one layer."""

    layer: str
    annotator: str
    """The name."""
    annotator_id: str
    purpose: str
    state: State
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    sure: int = 0
    """Of the marks that come in: those carried to another text of the article than the one they were made in."""
    unsure: int = 0
    gone: int = 0
    elsewhere: int = 0
    """Marks in articles that only they have, and that are not added."""
    differ: int = 0
    """Of a layer made here: marks that are otherwise there."""


@dataclass(slots=True)
class ArticleCount:
    """An article of theirs that is here."""

    title: str
    number: int | None
    """Its number here; None for one that is added."""
    other_text: bool = False
    """Whether they read another text of it than the present one."""
    added: bool = False
    deleted: bool = False
    """Whether it is deleted here."""
    marks: int = 0


@dataclass(slots=True)
class ReviewCount:
    """What becomes of one review."""

    review: str
    """UUID."""
    reviewer: str
    """The name."""
    kind: str
    is_new: bool = False
    added: int = 0
    """Decisions."""
    changed: int = 0
    removed: int = 0
    answers: int = 0
    """That came."""


class Offer(NamedTuple):
    """An article only they have."""

    article: Article
    marks: int


class TagMatch(NamedTuple):
    """A tag of theirs that is another one here."""

    theirs: str
    ours: str
    book: str
    """The name of the codebook that it is in."""


class NewText(NamedTuple):
    """A text that comes in."""

    document: str
    """UUID of the article here."""
    text: Text
    intake: Intake


class NewDocument(NamedTuple):
    """An article that is added."""

    article: Article
    codebook: int


@dataclass(slots=True)
class Rows:
    """What becomes of one table."""

    new: list[Row] = field(default_factory=list)
    changed: list[tuple[int, Row]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)


TABLES = (
    "annotators", "layers", "codebooks", "tags", "tag_revisions", "annotations", "anchors", "attributes", "relations",
    "readings", "reviews", "review_sides", "decisions", "outcomes", "answers",
)  # fmt: skip
"""In an order in which nothing names a later one, but for texts, which are written after the tags."""


@dataclass(slots=True)
class Plan:
    """All that is to be written, and what can be said of it."""

    name: str
    """The file."""
    step: int
    """The last step here when it was worked out."""
    rows: dict[str, Rows] = field(default_factory=lambda: {table: Rows() for table in TABLES})
    documents: list[NewDocument] = field(default_factory=list)
    texts: list[NewText] = field(default_factory=list)
    layers: list[LayerCount] = field(default_factory=list)
    articles: dict[str, ArticleCount] = field(default_factory=dict)
    """By the article's UUID there."""
    offers: list[Offer] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    by_name: list[TagMatch] = field(default_factory=list)
    otherwise: list[str] = field(default_factory=list)
    """Names of tags that are the same, but mean something else there."""
    books: list[str] = field(default_factory=list)
    """Names of codebooks that come along."""
    reviews: list[ReviewCount] = field(default_factory=list)

    def refuse(self, what: str, id_: str, why: str) -> None:
        """Notes that something is not taken in."""
        self.refusals.append(Refusal(what, id_, why))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.documents or self.texts) and not any(
            each.new or each.changed or each.gone for each in self.rows.values()
        )


def chosen(options: Options, article: str) -> bool:
    """Whether an article that only they have is to be added."""
    return options.add == "all" or article in options.add
