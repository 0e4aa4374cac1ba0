"""Where marks of theirs are in texts: in those that they say, proved by their words, and in the one that we have.

Nobody's words are believed: they are cut from our text, or from theirs as it was made canonical here, and must be the
ones that the file says. Into a text that they do not have, a mark is carried as `moving` does it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.anchoring.context import cut
from reader.documents.span import Span, merged, parsed, written
from reader.storage.moving import Base, Known, Moved, There, apart, place
from reader.storage.taking.here import Anchor, MarkHere

if TYPE_CHECKING:
    from reader.annotations.bundle import Mark, Place
    from reader.storage.taking.articles import Match, Texts
    from reader.storage.taking.tags import Given

BEYOND_DOUBT = ("made", "sure", "confirmed")


class Misplaced(Exception):
    """A mark is not where it says; the message is a part of a sentence."""


@dataclass(slots=True)
class Coming:
    """A mark of theirs that can be taken in."""

    mark: Mark
    match: Match
    given: Given
    places: dict[str, Anchor]
    """In texts of theirs, by hash."""
    here: MarkHere | None
    attributes: Mapping[str, tuple[str, ...]]
    carried: Anchor | None = None
    """In the text that we have, where that is not the one they have."""
    moved: str = ""
    """`sure`, `unsure` or `gone` where it was carried there."""

    @property
    def wanted(self) -> dict[str, Anchor]:
        """All places that it is to have, by the text's hash."""
        if self.carried is None:
            return self.places
        return {**self.places, self.match.present: self.carried}

    @property
    def has_moved(self) -> bool:
        """Whether it is elsewhere than it was, in texts of theirs."""
        if self.here is None:
            return True
        theirs = {name: each for name, each in self.places.items() if not self._is_carried(name)}
        known = {name: each for name, (_, each) in self.here.anchors.items() if name in theirs}
        stale = self.here.anchors.keys() - theirs.keys() - self.match.had - {self.match.present}
        return bool(stale) or known != theirs

    def _is_carried(self, text_hash: str) -> bool:
        return text_hash == self.match.present and not self.match.is_same_text


def places_of(mark: Mark, match: Match, texts: Texts, here: MarkHere | None) -> dict[str, Anchor]:
    """The mark's places in those of their texts that can be stored, by hash; Misplaced where one is not so."""
    order = {text.text_hash: text.number for text in match.texts}
    found: dict[str, Anchor] = {}
    homeless: list[Place] = []
    for each in sorted(mark.places, key=lambda each: order.get(each.text_hash, 0), reverse=True):
        if each.text_hash not in order:
            continue
        if each.fragments:
            found[each.text_hash] = _as_known(each, _placed(each, texts.words(each.text_hash) or ""), here)
        else:
            homeless.append(each)
    for each in homeless:
        length = len(texts.words(each.text_hash) or "")
        known = _words_of(each, match, found) or _looked_for(each, match, texts, found, here)
        if known is None:
            raise Misplaced("its words are in no text of the article that is here")
        near = min(each.near, length)
        # A file of marks does not say whether a person decided so: only they, and no score, keep it from coming back.
        score = 0.0 if each.score is None and each.before is not None else each.score
        found[each.text_hash] = _as_known(each, Anchor("orphan", score, near, near, "", *known), here)
    if not any(each.fragments for each in found.values()):
        raise Misplaced("it has no place in any text of the article that is here")
    return found


def _placed(each: Place, text: str) -> Anchor:
    try:
        pieces = parsed(each.fragments)
    except ValueError:
        pieces = ()
    if not pieces or pieces != merged(pieces):
        raise Misplaced(f"its pieces are out of order, touch or are empty ({each.fragments[:60]})")
    if pieces[-1].end > len(text):
        raise Misplaced(f"it reaches beyond the text ({each.fragments[:60]} of {len(text)})")
    anchor = anchor_at(text, pieces, each.status, each.score)
    if anchor.quote != each.quote:
        raise Misplaced(f"it says “{_short(each.quote)}”, but the text has “{_short(anchor.quote)}” there")
    if not anchor.quote.strip():
        raise Misplaced("there are no words in it")
    return anchor


def _as_known(each: Place, anchor: Anchor, here: MarkHere | None) -> Anchor:
    """The place as it is here, where a file of marks, which does not say all of it, says the same."""
    if each.before is None or here is None or each.text_hash not in here.anchors:
        return anchor
    known = here.anchors[each.text_hash][1]
    same = (known.status, known.fragments, known.quote) == (anchor.status, anchor.fragments, anchor.quote)
    return known if same else anchor


def anchor_at(text: str, pieces: tuple[Span, ...], status: str, score: float | None) -> Anchor:
    """A place, its words cut from the text."""
    return Anchor(status, score, pieces[0].start, pieces[-1].end, written(pieces), *cut(text, pieces))


def _words_of(each: Place, match: Match, found: Mapping[str, Anchor]) -> tuple[str, str, str] | None:
    """The words of an orphan: those of the place of its own that says the same, else of its last one."""
    placed = [one for one in found.values() if one.fragments]
    same = [one for one in placed if one.quote == each.quote]
    if each.before is not None and not same:
        return None
    for one in (*same, *placed):
        return one.quote, one.prefix, one.suffix
    return None


def _looked_for(
    each: Place, match: Match, texts: Texts, found: dict[str, Anchor], here: MarkHere | None
) -> tuple[str, str, str] | None:
    """The words of an orphan of which only the words are known: where it is here, or where its article has them."""
    if each.before is None or each.after is None:
        return None
    wanted = (each.quote, each.before, each.after)
    for text_hash, (_, known) in (here.anchors if here else {}).items():
        if known.fragments and (known.quote, known.prefix, known.suffix) == wanted:
            found[text_hash] = known
            return wanted
    quote, before, after = wanted
    for text_hash in sorted(match.had - {each.text_hash}):
        text = texts.words(text_hash) or ""
        at = text.find(before + quote + after)
        if quote and at >= 0 and text.find(before + quote + after, at + 1) < 0:
            start = at + len(before)
            found[text_hash] = anchor_at(text, (Span(start, start + len(quote)),), "made", None)
            return wanted
    return None


def carry_all(coming: Sequence[Coming], texts: Texts) -> None:
    """Gives each of these marks of one layer in one article its place in the text that we have."""
    if all(each.match.is_same_text for each in coming) and not _clash(coming):
        return
    present = coming[0].match.present
    numbers = {present: 0}
    tags: dict[str, int] = {}
    bases: list[tuple[Base, There | None]] = []
    for number, each in enumerate(coming):
        base = _base(each, number, numbers, tags)
        direct = each.places.get(present)
        there = None if direct is None else There(number, direct.status, direct.score, direct.fragments)
        bases.append((base, there))
    hashes = {number: text_hash for text_hash, number in numbers.items()}
    known = _known(coming, bases, hashes, texts)
    moved = [_moved(each, base, there, known) for each, (base, there) in zip(coming, bases, strict=True)]
    text = texts.words(present) or ""
    for each, gone_to in zip(coming, apart(moved, 0), strict=True):
        direct = each.places.get(present)
        if gone_to.status == "kept" and direct is not None:
            each.carried = direct
        elif each.match.is_same_text and direct is not None and direct.status == gone_to.status:
            continue
        elif gone_to.fragments:
            each.carried = anchor_at(text, gone_to.fragments, gone_to.status, gone_to.score)
        else:
            base = gone_to.base
            near = min(gone_to.near, len(text))
            words = base.quote, base.prefix, base.suffix
            each.carried = Anchor("orphan", gone_to.score, near, near, "", *words)
        if not each.match.is_same_text:
            each.moved = {"unsure": "unsure", "orphan": "gone"}.get(gone_to.status, "sure")


def _clash(coming: Sequence[Coming]) -> bool:
    """Whether two of them say the same of the same words."""
    seen: set[tuple[str, str]] = set()
    for each in coming:
        anchor = each.places.get(each.match.present)
        if anchor is None:
            return True
        if anchor.status in BEYOND_DOUBT:
            said = (each.given.shown, anchor.fragments)
            if said in seen:
                return True
            seen.add(said)
    return False


def _base(each: Coming, number: int, numbers: dict[str, int], tags: dict[str, int]) -> Base:
    """The last place of a mark that was beyond doubt, in their eyes."""
    theirs = each.match.article.text_hash
    order = {text.text_hash: text.number for text in each.match.texts}
    last = max(
        (text_hash for text_hash, anchor in each.places.items() if anchor.fragments),
        key=lambda text_hash: (
            each.places[text_hash].status in BEYOND_DOUBT, text_hash == theirs, order.get(text_hash, 0), text_hash,
        ),
    )  # fmt: skip
    known, now = each.places[last], each.places.get(theirs)
    return Base(
        annotation=number,
        layer=0,
        tag=tags.setdefault(each.given.shown, len(tags)),
        removed=False,
        status=now.status if now else "orphan",
        by_hand=now is not None and now.score is None,
        version=numbers.setdefault(last, len(numbers)),
        fragments=known.fragments,
        quote=known.quote,
        prefix=known.prefix,
        suffix=known.suffix,
    )


def _moved(each: Coming, base: Base, there: There | None, known: Known) -> Moved:
    if each.match.is_same_text and there is not None:
        pieces = parsed(there.fragments) if there.fragments else ()
        status = "kept" if there.status in BEYOND_DOUBT else there.status
        return Moved(base, pieces, status, there.score, each.places[each.match.present].start)
    stood = _stood(each)
    if stood is not None:
        return Moved(base, parsed(stood.fragments), "sure", stood.score, stood.start)
    return place(base, known, there)


def _stood(each: Coming) -> Anchor | None:
    """Where it surely stands already, since it was carried there before and has not moved."""
    present = each.match.present
    if each.here is None or present in each.places or present not in each.here.anchors or each.has_moved:
        return None
    anchor = each.here.anchors[present][1]
    return anchor if anchor.status == "sure" else None


def _known(
    coming: Sequence[Coming], bases: Sequence[tuple[Base, There | None]], hashes: Mapping[int, str], texts: Texts
) -> Known:
    """What becomes of all places that must be carried."""
    from reader.anchoring.carrying import carry

    wanted: defaultdict[int, set[str]] = defaultdict(set)
    for each, (base, _) in zip(coming, bases, strict=True):
        is_there = each.match.is_same_text and each.match.present in each.places
        if not is_there and _stood(each) is None:
            wanted[base.version].add(base.fragments)
    known: Known = {}
    for version, places in sorted(wanted.items()):
        listed = sorted(places)
        old, new = texts.words(hashes[version]) or "", texts.words(hashes[0]) or ""
        carried = carry(old, new, [parsed(each) for each in listed])
        known.update(((version, each), one) for each, one in zip(listed, carried, strict=True))
    return known


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
