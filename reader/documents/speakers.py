"""Who is given these words: the names that stand beside a quotation, the likeliest first.

Looks for words of saying near it (“…,” Kirby said; said Mara Lindqvist; according to …) and for their subject. A
pronoun, or nothing at all, means whoever spoke last. It proposes; a person decides.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from reader.documents.names import LONGEST, Run, fullest, runs, same, word_set
from reader.documents.segment import Segments
from reader.documents.span import Span

NEARBY = 3_000
"""Code points before the quotation that are looked at."""

BEHIND = 600
"""Code points after it that are."""

MOST = 6
"""Names that are proposed."""

MOST_VERBS = 25
"""Words of saying that are looked at on each side of the quotation."""

LONGEST_CLAUSE = 400
"""Code points before a word of saying in which its subject is looked for."""

_SAYING_WORDS = (
    "said|says|say|saying|told|tells|tell|telling|asked|asks|ask|asking|added|adds|adding|wrote|writes|write|writing|"
    "stated|states|stating|noted|notes|noting|explained|explains|explaining|insisted|insists|insist|warned|warns|warn|"
    "warning|argued|argues|argue|arguing|claimed|claims|claiming|announced|announces|replied|replies|answered|answers|"
    "responded|continued|continues|concluded|concludes|commented|remarked|remarks|observed|observes|recalled|recalls|"
    "admitted|admits|conceded|concedes|denied|denies|declared|declares|tweeted|tweets|posted|joked|jokes|quipped|"
    "shouted|shouts|cried|cries|exclaimed|whispered|demanded|demands|promised|promising|predicted|predicts|suggested|"
    "suggests|urged|urges|complained|complains|mused|confirmed|confirms|described|describes|describing|characterized|"
    "characterised|dubbed|called|call|calling|reasoned|asserted|asserts|alleged|alleges|acknowledged|acknowledges|"
    "testified|pleaded|reads|reported|defended|defends|cited|cites|citing|quoted|spoke|speaks|agreed|agrees|believes|"
    "believed|believe|thinks|thought|lamented|stressed|stresses|emphasized|emphasised|maintained|maintains|vowed|"
    "accused|accuses|praised|praises|criticised|criticized|issued"
)
_INVERTED = word_set(
    "said says asked asks added adds wrote writes noted notes explained explains insisted insists warned warns argued "
    "argues announced replied replies answered answers continued concluded commented remarked observed recalled "
    "recalls admitted admits declared tweeted joked quipped shouted cried exclaimed whispered suggested complained "
    "mused lamented stated claimed agreed"
)
"""What may stand before the one who speaks: “…,” said Mara Lindqvist."""

_ASIDES = word_set("in on at after before during when while as speaking citing")
_NO_APPOSITION = _ASIDES | word_set("and but or with which because for where that if so")

# Compiled by `re` when first used, which keeps them: not at import.
_SAYING = rf"(?<![\w’'-])(?:{_SAYING_WORDS})(?![\w’'-])"
_BETWEEN = r"(?:also|later|then|had|has|have|was|is|would|further|again|once|\w+ly|quoted|as|himself|herself|,)"
_ACCORDING = r"\b(?:[Aa]ccording to|[Ii]n the words of|[Aa]s told by)\s+"
_PRONOUN = r"(?:^|[\s,;:(—–-])(?i:he|she|they|it|who|i|we)$"
_ARTICLES = r"(?:the|a|an|one|another|some)"
_OWNERS = r"(?:his|her|their|its)"
_NOT_IN_NOUNS = (
    r"(?:of|in|to|for|with|by|from|at|on|that|and|but|or|is|was|has|have|had|not|as|who|which|while|whilst|"
    r"should|would)"
)
_NOUN_WORD = rf"(?!{_NOT_IN_NOUNS}\b)[\w’'-]+"
_NOUNS = rf"(?<!\w)(?i:{_ARTICLES})\s+(?:{_NOUN_WORD}\s+){{0,3}}{_NOUN_WORD}$"
_NOUNS_AHEAD = rf"(?:{_ARTICLES}|{_OWNERS})\s(?:(?=[a-z]){_NOUN_WORD}\s+){{0,3}}(?=[a-z]){_NOUN_WORD}(?=[\s,.;:]|$)"
_BESIDE_THE_SUBJECT = r"\s(?:\w+\s+by|of|from|for|at|with|in|to)(?:\s+(?i:the|a|an))?(?:\s+[A-Z][\w’'-]+\s+and)?$"
_CLAUSE_ENDS = r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\bMrs)(?<!\bSen)(?<!\bGov)(?<!\bGen)\.\s"

_HIDDEN = "\x00"
"""Stands for every code point of another quotation, so that its names do not count."""


class _Said(NamedTuple):
    """Something in a sentence that says who speaks."""

    at: int
    """Where the word of saying stands."""
    start: int
    """Where the words that name the speaker and the saying begin."""
    name: str
    """Empty for a pronoun, or where the subject was left out."""
    left_out: bool = False
    """Whether there is not even a pronoun: the subject is that of the sentence."""


def speakers(text: str, segments: Segments, fragments: Sequence[Span]) -> tuple[str, ...]:
    """Names, in the fullest form that the text gives, of those who may have said the words in these pieces."""
    if not fragments:
        return ()
    out: list[str] = []
    seen: set[str] = set()
    for written in _View(text, segments, fragments).names():
        if written not in seen and len(written) <= LONGEST:
            seen.add(written)
            name = fullest(text, written, fragments[0].start)
            if not any(same(name, other) for other in out):
                out.append(name)
            if len(out) == MOST:
                break
    return tuple(out)


class _View:
    """The text around a quotation, other quotations hidden."""

    def __init__(self, text: str, segments: Segments, fragments: Sequence[Span]) -> None:
        self._fragments = fragments
        self._low = _between_words(text, max(0, fragments[0].start - NEARBY), -1)
        self._high = _between_words(text, min(len(text), fragments[-1].end + BEHIND), 1)
        self._paragraphs = segments.paragraphs
        self._segments = segments
        self._quotations: list[Span] = []
        inside = Span(self._low, self._high)
        paragraph: Span | None = self._paragraphs.at(self._low)
        while paragraph is not None and paragraph.start < self._high:
            self._quotations += segments.quotations(paragraph, inside)
            paragraph = self._paragraphs.after(paragraph)
        chars = list(text[self._low : self._high])
        for span in (*self._quotations, *fragments):
            if span.overlaps(inside):
                start, end = max(span.start, self._low) - self._low, min(span.end, self._high) - self._low
                chars[start:end] = [_HIDDEN] * (end - start)
        self._text = "".join(chars)
        verbs = [(self._low + found.start(), self._low + found.end()) for found in re.finditer(_SAYING, self._text)]
        place = bisect_left(verbs, (fragments[0].start, 0))
        self._verbs = verbs[max(0, place - MOST_VERBS) : place + MOST_VERBS]
        self._according = list(self._find_according())
        self._known: dict[int, _Said | None] = {}

    def names(self) -> Iterator[str]:
        """The likeliest first; several may be the same person."""
        first, last = self._fragments[0], self._fragments[-1]
        for span in self._fragments:
            yield from self._beside(span)
        if len(self._fragments) == 1:
            yield from self._of_the_quotation_before(first)
        yield from self._earlier(first.start)
        yield from self._named_near(first.start, last.end)

    def _beside(self, span: Span) -> Iterator[str]:
        """Who is named in the quotation's sentence: right behind it, before it, or anywhere behind it."""
        behind = self._said(span.end, self._sentence_end(span.end - 1))
        before = self._said(self._sentence_start(span.start), span.start)
        close = [said for said in behind if not self._has_words(span.end, said.start)]
        for said in (*close, *reversed(before), *behind):
            yield from self._who(said)
        yield from self._signed(span)

    def _who(self, said: _Said) -> Iterator[str]:
        if said.name:
            yield said.name
            return
        if said.left_out:
            begin = self._sentence_start(said.at)
            yield from islice((each.name for each in self._backwards(begin, said.start) if each.name), 1)
            yield from (run.name for run in self._runs(begin, said.at) if run.name and run.start - begin < 40)
        # A pronoun, or nothing: whoever spoke in this paragraph, else whom it was about, else whoever spoke before.
        start = max(self._low, self._paragraphs.at(said.at).start)
        spoke = next((each.name for each in self._backwards(start, said.start) if each.name), "")
        if spoke:
            yield spoke
        here = self._sentences(said.at)
        before = [each for each in here if start <= each.start and each.end <= said.start]
        if before and not spoke:
            yield from (run.name for run in self._runs(before[-1].start, before[-1].end) if run.name)
        yield from self._earlier(said.at)

    def _of_the_quotation_before(self, span: Span) -> Iterator[str]:
        """Whoever said the quotation before, where nothing in between says who speaks now."""
        before = [each for each in self._quotations if each.end <= span.start and len(each) > 20]
        if not before:
            return
        previous = before[-1]
        behind = self._said(previous.end, self._sentence_end(previous.end - 1))
        if len(self._said(previous.end, span.start)) > len(behind):
            return
        in_front = self._said(self._sentence_start(previous.start), previous.start)
        for said in (*behind[:1], *reversed(in_front)):
            yield from self._who(said)

    def _earlier(self, at: int) -> Iterator[str]:
        """Whoever spoke last before."""
        yield from islice((said.name for said in self._backwards(self._low, at) if said.name), 1)

    def _signed(self, span: Span) -> Iterator[str]:
        """A name behind a dash: “…” — Matthew Ingram."""
        behind = self._text[span.end - self._low : span.end - self._low + 80]
        dash = re.match(r"\s*[-—–]{1,2}\s*", behind)
        run = next(self._runs(span.end + dash.end(), min(span.end + 80, self._high)), None) if dash else None
        if dash and run and run.start == span.end + dash.end() and run.name:
            yield run.name

    def _named_near(self, start: int, end: int) -> Iterator[str]:
        """Names before, the last one first, then behind, whole names first: better than nothing."""
        before = list(self._runs(max(self._low, start - 500), start))
        near = [*reversed(before), *self._runs(end, min(self._high, end + 200))]
        yield from (run.name for run in near if " " in run.name)
        yield from (run.name for run in near if run.name and not self._begins(run.start))

    # Sentences

    def _sentences(self, offset: int) -> Sequence[Span]:
        """Those of the paragraph there, as far as they are near; finding them takes longer than all the rest."""
        return self._segments.sentences(self._paragraphs.at(offset), Span(self._low, self._high))

    def _sentence_start(self, offset: int) -> int:
        return next((span.start for span in reversed(self._sentences(offset)) if span.contains(offset)), offset)

    def _sentence_end(self, offset: int) -> int:
        return next((span.end for span in self._sentences(offset) if span.contains(offset)), offset + 1)

    def _begins(self, offset: int) -> bool:
        """Whether a sentence seems to begin there."""
        before = self._text[max(0, offset - self._low - 4) : offset - self._low].rstrip(f' {_HIDDEN}"“”‘’(')
        return not before or before[-1] in ".!?…:\n"

    def _has_words(self, start: int, end: int) -> bool:
        return any(map(str.isalnum, self._text[start - self._low : max(0, end - self._low)]))

    def _runs(self, start: int, end: int) -> Iterator[Run]:
        end = _between_words(self._text, min(len(self._text), end - self._low), 1)
        for run in runs(self._text, start - self._low, end):
            yield run._replace(start=run.start + self._low, end=run.end + self._low)

    def _said(self, start: int, end: int) -> list[_Said]:
        """What in a range says who speaks, in order."""
        return list(self._backwards(start, end))[::-1]

    def _backwards(self, start: int, end: int) -> Iterator[_Said]:
        """The same, the last one first and only as far as somebody asks."""
        phrases = [said for said in self._according if start <= said.at < end]
        for number in range(bisect_left(self._verbs, (end, 0)) - 1, -1, -1):
            at = self._verbs[number][0]
            if at < start:
                break
            while phrases and phrases[-1].at > at:
                yield phrases.pop()
            said = self._of_verb(number)
            if said is not None and said.start >= start:
                yield said
        yield from reversed(phrases)

    def _of_verb(self, number: int) -> _Said | None:
        start, end = self._verbs[number]
        if start not in self._known:
            name, first, left_out = _subject(self._text, start - self._low, end - self._low)
            self._known[start] = _Said(start, self._low + first, name, left_out) if first >= 0 else None
        return self._known[start]

    def _find_according(self) -> Iterator[_Said]:
        for found in re.finditer(_ACCORDING, self._text):
            name = _named_by(self._text, found.end())
            if name:
                yield _Said(self._low + found.start(), self._low + found.start(), name)


def _between_words(text: str, offset: int, direction: int) -> int:
    """The nearest place that way which is in no word; the same one where the word has no end nearby."""
    for at in range(offset, offset + direction * LONGEST, direction):
        if not 0 < at < len(text) or not (text[at - 1].isalnum() and text[at].isalnum()):
            return max(0, min(at, len(text)))
    return offset


def _subject(piece: str, start: int, end: int) -> tuple[str, int, bool]:
    """Who says something with the word at `start`–`end`; where that begins, or -1; whether nobody is named at all."""
    left = _clause(piece, start)
    bare = piece[left:start].rstrip()
    before = _without_adverbs(bare)
    verb = piece[start:end]
    if verb in _INVERTED and (not before.strip(" ,—–-)\"”'’") or bare.endswith((",", "—", "–"))):
        name = _ahead(piece[end : end + 120])
        if name:
            return name, start, False
    if re.search(r"(?:\bnot|\bnever|n['’]t)$", before):
        return "", -1, False
    relative = re.search(r",\s+who$", before)
    if relative:
        before = before[: relative.start()]
    elided = verb.endswith("ing") and (bare.endswith(",") or re.search(r"\b(?:while|whilst|and)$", before))
    if elided or re.search(_PRONOUN, before):
        return "", left, bool(elided)
    name = _from_pieces([each.strip() for each in before.split(",") if each.strip()])
    return name, left + max(0, before.rfind(name.split()[0])) if name else left, not name


def _without_adverbs(words: str) -> str:
    """The words without what may stand between a subject and its verb: `had also`, `later quickly`."""
    end = words[-60:]
    return words[:-60] + re.sub(rf"(?:\s*\b{_BETWEEN})+$", "", end).rstrip(" \n,") if end else ""


def _clause(piece: str, at: int) -> int:
    """Where the clause begins that the word at `at` is in."""
    low = max(0, at - LONGEST_CLAUSE)
    marks = [piece.rfind(mark, low, at) + 1 for mark in (_HIDDEN, "\n", ";", ":", "!", "?", "(", "“", '"')]
    stops = (low + found.end() for found in re.finditer(_CLAUSE_ENDS, piece[low:at]))
    return max(low, *marks, max(stops, default=0))


def _ahead(after: str) -> str:
    """The subject that follows a word of saying: `said Mara Lindqvist`, `says the harbour master, Ivo Kest`."""
    space = re.match(r"\s+", after)
    if not space:
        return ""
    at = space.end()
    noun = re.compile(_NOUNS_AHEAD).match(after, at)
    run = next(runs(after, at, len(after)), None)
    if run is None:
        return noun[0] if noun else ""
    between = after[at : run.start]
    if not between or (noun is None and re.fullmatch(r"(?:[a-z][\w’'-]*\s){1,3}", between)):
        return run.name or " ".join(run.words)
    if noun is not None:
        return run.name if re.fullmatch(r",?\s*", after[noun.end() : run.start]) else noun[0]
    return ""


def _named_by(piece: str, at: int) -> str:
    """Whom `according to` names: in `the Crown prosecutor, Mark Tedeschi` the one behind the comma."""
    run = next(runs(piece, at, min(len(piece), at + 160)), None)
    noun = re.compile(_NOUNS_AHEAD).match(piece, at)
    if run is None or (noun and noun.end() <= run.start and not re.fullmatch(r",?\s*", piece[noun.end() : run.start])):
        return noun[0] if noun else ""
    following = next(runs(piece, run.end, min(len(piece), run.end + 80)), None)
    if following and re.fullmatch(r"(?:['’]s)?(?:\s[a-z][\w’'-]*){1,5},\s", piece[run.end : following.start]):
        return following.name
    return run.name


def _from_pieces(pieces: list[str]) -> str:
    """The subject in what stands between commas before a word of saying."""
    while len(pieces) > 1 and pieces[-1].split()[0].lower() in _ASIDES:
        pieces = pieces[:-1]
    for number in range(max(0, len(pieces) - 4), len(pieces) - 1):
        run, following = _whole_name(pieces[number]), pieces[number + 1].split()[0]
        # `Jeff Rathke, the spokesman, said`: a name alone, and then what he is.
        if run is not None and following.lower() not in _NO_APPOSITION:
            described = following[:1].islower() or pieces[-1].split()[-1][:1].islower()
            if described or len(run.words) > len(run.name.split()):
                return run.name
    return _trailing(pieces[-1]) if pieces else ""


def _whole_name(piece: str) -> Run | None:
    """The name of at least two words that a piece ends with."""
    found = list(runs(piece, 0, len(piece)))
    return found[-1] if found and found[-1].end == len(piece) and " " in found[-1].name else None


def _trailing(piece: str) -> str:
    """The subject at the end of a piece: a name, whose statement it is, or a noun with its article."""
    found = list(runs(piece, 0, len(piece)))
    while found and found[-1].end == len(piece):
        last = found.pop()
        beside = re.search(_BESIDE_THE_SUBJECT, piece[: last.start].rstrip())
        if beside is None or len(last.words) > len(last.name.split()) > 0:
            return last.name
        if len(last.words) > 2 and re.search(r"[A-Z]\w+\sof$", piece[: last.start].rstrip()):
            # `Governor of Washington Chris Gregoire`.
            return " ".join(last.words[-2:])
        # `Matthew Ingram of The Globe and Mail`: who, not where from.
        piece = piece[: beside.start()]
        found = [run for run in found if run.end <= len(piece)]
    noun = re.search(_NOUNS, piece)
    if noun:
        return noun[0][:1].lower() + noun[0][1:]
    owner = next((run for run in reversed(found) if run.possessive), None)
    return owner.name if owner is not None and len(piece[owner.end :].split()) <= 12 else ""
