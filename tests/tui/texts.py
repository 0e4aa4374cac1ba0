"""Texts that layouts stumble over, for Hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from reader.documents.normalise import canonical

WORDS = (
    "the", "harbour", "Lindqvist", "a", "I", "self-made", "5-6", "pre–war", "x—y", "—", "-", "–", "“It", "is”", "‘90s",
    "don’t", "naïve", "Łódź", "e\u0301", "a\u0308\u0323", "\u0301", "漢字", "かな。", "「引用」", "ー", "한국어",
    "\u1112\u1161\u11ab", "가\u11a8", "👩‍👩‍👧", "👍🏽", "🇩🇪", "🇩🇪🇫🇷🇩", "❤️", "1️⃣", "☂", "नमस्ते", "क्षि", "ไทยำ",
    "עברית", "عربي", "\u200b", "\u00ad", "\u200d", "\u2060", "\u00a0", "\u3000", "＃", "\t", "\t\t", "x" * 130,
    "長" * 70, "ä" * 90, "𝔘𝔫", "…", "...", "www.example.org/a-b-c?d=e",
)  # fmt: skip

_gaps = st.sampled_from(["", " ", " ", " ", "  ", " " * 9])
_words = st.sampled_from(WORDS) | st.text(max_size=8) | st.text("ab -—–", max_size=30)

lines = (
    st.lists(st.tuples(_words, _gaps), max_size=24)
    .map(lambda parts: "".join(word + gap for word, gap in parts))
    .map(lambda line: " ".join(canonical(line)[0].split("\n")))
)
"""A paragraph without a line break."""

simple_lines = st.text(
    st.sampled_from("abcdefgh    éñß’“”–—-5") | st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=260
)
"""A paragraph in which every code point is one cell."""

lone_lines = st.text(
    st.sampled_from("abcde     -—“”ñ長崎の灯『』「」、。（）ー…한국＃")
    | st.characters(min_codepoint=0x20, max_codepoint=0x7E),
    max_size=260,
)
"""A paragraph in which every code point is a cluster, of one cell or two."""

texts = st.lists(lines, max_size=8).flatmap(
    lambda parts: st.sampled_from(["\n", "\n\n"]).map(lambda gap: canonical(gap.join(parts))[0])
) | st.integers(0, 5).map(lambda count: "\n" * count)
"""A whole text; also one of line breaks only."""

widths = st.integers(8, 120)
