"""Texts on their way in: what is taken, what is refused, and what is said about it."""

from __future__ import annotations

import io
import os
from pathlib import Path
from threading import Thread

import pytest

from reader.documents.document import Layout
from reader.documents.load import Source, decode, hash_of, read_file, read_stdin, take_in, title_of
from reader.documents.span import Span
from reader.errors import BadInput, UsageProblem
from tests.storage.making import from_text

STORY = "The hall closes in May\n\nThe council voted on Tuesday. Nobody was asked, and nobody came to hear it.\n"


def source(raw: bytes, encoding: str | None = None) -> Source:
    """Bytes as a plain text file."""
    return Source("a.txt", raw, "text", encoding)


def test_a_file_is_taken_in_whole(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(b"\xef\xbb\xbf" + STORY.replace("\n", "\r\n").encode())
    intake = take_in(read_file(path))
    assert intake.text == STORY.rstrip("\n")
    assert intake.title == "The hall closes in May"
    assert intake.raw == path.read_bytes()
    assert intake.encoding == "utf-8"
    assert (intake.layout, intake.kind, intake.words, intake.hidden) == (Layout.LINES, "text", 19, 0)
    assert intake.offset_map.to_raw(Span(0, 3)) == Span(1, 4)
    assert intake.text_hash == hash_of(intake.text) == take_in(from_text(STORY)).text_hash


def test_a_pipe_comes_in_too() -> None:
    assert take_in(read_stdin(io.BytesIO(STORY.encode()))).text == STORY.rstrip("\n")


@pytest.mark.parametrize(
    "raw, encoding",
    [
        ("café".encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + "café".encode("utf-16-be"), "utf-16-be"),
        ("café".encode("utf-8-sig"), "utf-8"),
    ],
)
def test_a_byte_order_mark_decides(raw: bytes, encoding: str) -> None:
    assert decode(raw, "cp1252", "a.txt") == ("\ufeffcafé", encoding)


def test_a_named_encoding_is_used() -> None:
    assert take_in(source("café".encode("cp1252"), "windows-1252")).text == "café"


@pytest.mark.parametrize(
    "raw, says",
    [
        (b"", "is empty"),
        (b" \r\n\t ", "nothing but white space"),
        (b"\xef\xbb\xbf", "nothing but white space"),
        (b"one\nna\xefve words", r"not UTF-8 \(line 2\), it looks like cp1252: add it with --encoding cp1252"),
        ("Привет, мир. Это новости дня.".encode("cp1251"), "--encoding cp1251"),
        ("これは日本語のニュースです。".encode("shift_jis"), "--encoding shift_jis"),
        ("这是今天的中文新闻报道。".encode("gb18030"), "--encoding gb18030"),
        ("오늘의 한국어 뉴스입니다".encode("euc-kr"), "--encoding euc-kr"),
        ("plain words".encode("utf-16-le"), "--encoding utf-16-le"),
        ("plain words".encode("utf-16-be"), "--encoding utf-16-be"),
        (b"%PDF-1.7\n\xff", "is a PDF"),
        (bytes(range(256)), "is not a text"),
        (b"\x00\x01\x02\x03" * 9, "is not a text"),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(raw: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        take_in(source(raw))


def test_an_encoding_that_is_none_or_does_not_fit_is_refused() -> None:
    for name in ("nope", "hex", "\x1b[2J"):
        with pytest.raises(UsageProblem, match="is no encoding"):
            decode(b"x", name, "a.txt")
    with pytest.raises(BadInput, match="cannot be read as ascii"):
        decode("é".encode(), "ascii", "a.txt")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="There is no file"):
        read_file(tmp_path / "nothing.txt")
    with pytest.raises(UsageProblem, match="is a folder"):
        read_file(tmp_path)
    with pytest.raises(UsageProblem, match="not the name of a file"):
        read_file(Path("a\0b"))


def test_nobody_waits_for_what_has_no_end(tmp_path: Path) -> None:
    for endless in (Path("/dev/zero"), Path("/dev/null")):
        with pytest.raises(UsageProblem, match="is a pipe or a device: name a file"):
            read_file(endless, pipes=True)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(UsageProblem, match="is a pipe or a device: name a file"):
        read_file(pipe)
    writer = Thread(target=pipe.write_bytes, args=(b"It came through.",))
    writer.start()
    assert read_file(pipe, pipes=True).raw == b"It came through."
    writer.join()


def test_a_single_nul_is_shown_and_kept_in_place() -> None:
    assert take_in(source(b"ab\x00cd")).text == "ab␀cd"


@pytest.mark.parametrize(
    "text, title",
    [
        (STORY, "The hall closes in May"),
        ("St. Louis mayor wins U.S. seat\nHe won.", "St. Louis mayor wins U.S. seat"),
        ("Who asked the council?\n\nNobody did.", "Who asked the council?"),
        ("The council voted on Tuesday.\nNobody came.", "The council voted on Tuesday. Nobody came"),
        ("The council voted on Tuesday to close the hall and go\nhome.", "The council voted on Tuesday to close the…"),
        ("Only one line here", "Only one line here"),
        ("\n\n  Late   headline \nwords and more words.", "Late headline words and more words"),
        ("“I never said that,” she said\nNext.", "“I never said that,” she said"),
        ("A" * 120 + "\n\nwords", "A" * 120),
        ("A" * 120 + "\nwords", "A" * 100 + "…"),
        ("---\nwords of it", "--- words of it"),
        ("Bad\x1b title\nWords.", "Bad␛ title"),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert title_of(text) == title


def test_markdown_is_titled_by_its_first_heading() -> None:
    intake = take_in(from_text("By Ana\n\n## The *old* hall\n\nIt closed.", kind="markdown"))
    assert intake.title == "The old hall"
    assert intake.text == "By Ana\n\nThe old hall\n\nIt closed."


def test_the_same_words_are_the_same_text_as_md_and_txt() -> None:
    for text in (STORY, STORY.replace("\n\n", "\n"), "  indented\n\n\n    more\n \nand\ton  \nand on"):
        assert take_in(from_text(text, kind="markdown")).text_hash == take_in(from_text(text)).text_hash
