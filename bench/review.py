"""`python -m bench.review`: a review of one article with 5,000 marks of each of two people, in a real pseudo-terminal.

Opening is from the key that opens the review until its first difference is in view. A key is until the last byte that
it brings; a decision is compared with the same decision in this process without a screen, which is mostly its commit.
Giving it back as a file is compared with working out what there is to go through, in this process too.
"""

from __future__ import annotations

import io
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console

from bench import article
from bench.errors import BenchProblem
from bench.figures import Figure, median, p95, ratio
from bench.pane.homes import environment, reader_command
from bench.report import Part, Report, machine, show, write
from bench.terminal import Answer, Terminal
from reader.documents.load import Source
from reader.documents.span import Span
from reader.formats.review_table import FORMATS
from reader.project import Project, open_project
from reader.review.choices import Choice
from reader.storage.annotations import Places, add_all
from reader.work import history, ingest, library, reporting, reviewing

WIDTH = 120
ANA, BEN = "ana", "ben"
BYTES_EACH = 150
"""Bytes of text for each mark: a long article, closely read."""
APART = 0.3
"""The share of marks that Ben has not made, and again of those whose edges he has put elsewhere."""

OPENING = 1000.0
JUMP = 12.0
"""Going to another difference mostly shows another page, as going to a mark does."""
BEYOND, BEYOND_P95 = 5.0, 10.0
"""What a decision may take beyond its commit: as marking may."""
GIVEN_BACK = 4.0
"""Times what the queue takes to be worked out."""
SETTLED = 0.7
TIMES = 12

KEYS = {
    "↓": ("down",), "↑": ("up",), "Tab, the next open one": ("\t",), "PgDn": ("pagedown",), "PgUp": ("pageup",),
    "End": ("\x1b[F",), "Home": ("\x1b[H",),
}  # fmt: skip
DECISIONS = {"→": Choice.B, "X": Choice.NEITHER}

Samples = dict[str, list[float]]


def database(path: Path, marks: int) -> None:
    """An article in which two people have each made about so many marks."""
    chance = random.Random(5)
    ana, ben = open_project(path, ANA), open_project(path, BEN)
    try:
        text = article.article(marks * BYTES_EACH)
        document = ingest.add(ana, Source("article", text.encode(), "text")).document
        made = article.marks(library.text(ana, document), marks)
        book = library.codebook(ana, document)
        for project in (ana, ben):
            places: defaultdict[str, list[Span]] = defaultdict(list)
            for mark in made:
                if project is ben and chance.random() < APART:
                    continue
                more = chance.randrange(1, 9) if project is ben and chance.random() < APART else 0
                places[mark.tag].append(Span(mark.start, min(document.length, mark.end + more)))
            for tag, spans in places.items():
                add_all(project.store, project.annotator, [
                    Places(document.id, document.version, spans, book.find(tag))
                ])  # fmt: skip
    finally:
        ana.close()
        ben.close()


def opened(path: Path, home: Path) -> tuple[Terminal, float]:
    """The article in a terminal, and how long its review took to come."""
    terminal = Terminal([*reader_command(), "--db", str(path), "--as", ANA], environment(home))
    terminal.wait_for(lambda: "Enter open" in terminal.line(-1), "the list of articles")
    terminal.press("enter")
    terminal.settle(SETTLED)
    # The first time asks which review; later ones go on with it.
    shown = terminal.press("&")
    if "differences" not in terminal.line(0):
        raise BenchProblem(f"The review has not opened: {terminal.line(-2)}")
    return terminal, shown.ms - shown.waited


def pressed(terminal: Terminal) -> Iterator[tuple[str, Answer]]:
    """Every key some times, and what came of it; all decisions are taken back."""
    terminal.settle(SETTLED)
    for _ in range(TIMES):
        for name, keys in KEYS.items():
            yield name, terminal.press(*keys)
        for key in DECISIONS:
            yield key, terminal.press(*(("right",) if key == "→" else (key,)))
            yield "U", terminal.press("U")


def alone(path: Path) -> Samples:
    """The same decisions without a screen."""
    project: Project = open_project(path, ANA, create=False)
    found: Samples = defaultdict(list)
    try:
        review = reviewing.begin(project, reviewing.people(project))
        document = reviewing.articles(project, review)[0].document
        looked = reviewing.look(project, review, document)
        outlook = reviewing.outlook(project, review)
        for item in looked.differences[:TIMES]:
            for key, choice in DECISIONS.items():
                began = time.perf_counter()
                reviewing.decide(project, review, looked, [item], choice)
                found[key].append((time.perf_counter() - began) * 1000)
                began = time.perf_counter()
                history.undo(outlook, document)
                found["U"].append((time.perf_counter() - began) * 1000)
    finally:
        project.close()
    return found


def given_back(path: Path) -> list[Figure]:
    """What a report takes to be made and written, in processor time."""
    project: Project = open_project(path, ANA, create=False)
    try:
        review = reviewing.all_reviews(project)[0]
        document = reviewing.articles(project, review)[0].document
        taken: Samples = defaultdict(list)
        for _ in range(3):
            began = time.process_time()
            reviewing.look(project, review, document)
            taken[""].append(time.process_time() - began)
            for form in FORMATS:
                began = time.process_time()
                form.write(reporting.build(project, review), io.BytesIO(), False)
                taken[form.name].append(time.process_time() - began)
    finally:
        project.close()
    queue = taken.pop("")
    return [
        Figure(f"report as {name}", ratio(values, queue), "×", GIVEN_BACK, note=f"{median(values) * 1000:.0f} ms")
        for name, values in taken.items()
    ]


def figures(opening: list[float], keys: dict[str, list[Answer]], bare: Samples, memory: list[float]) -> list[Figure]:
    """What opening and each key took, and what is expected of it."""
    made = [Figure("opening", median(opening), "ms", OPENING)]
    for name, answers in keys.items():
        unhindered = [answer.ms - answer.waited for answer in answers]
        sent = max(answer.bytes for answer in answers)
        if name in bare:
            commit = median(bare[name])
            note = f"alone {commit:.1f} ms; at most {sent:,} bytes"
            made.append(Figure(f"{name}, beyond it alone", median(unhindered) - commit, "ms", BEYOND, note=note))
            made.append(Figure("   95 %", p95(unhindered) - commit, "ms", BEYOND_P95))
        else:
            made.append(Figure(name, median(unhindered), "ms", JUMP, note=f"at most {sent:,} bytes"))
    made.append(Figure("memory", median(memory), "MB"))
    return made


@click.command()
@click.option("--marks", type=click.IntRange(10), default=5_000, help="How many marks each of them has made (5,000).")
@click.option("--runs", type=click.IntRange(1), default=3, help="How often it is opened (3).")
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write everything there.")
@click.option("--strict", is_flag=True, help="Exit code 1 where a figure is over its limit.")
def main(marks: int, runs: int, json_file: Path | None, strict: bool) -> None:
    """Measure a review in a real pseudo-terminal."""
    console = Console() if sys.stdout.isatty() else Console(width=WIDTH)
    report = Report(machine())
    try:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder) / "home"
            home.mkdir()
            path = Path(folder) / "review.db"
            database(path, marks)
            opening, memory = list[float](), list[float]()
            keys: defaultdict[str, list[Answer]] = defaultdict(list)
            bare: Samples = defaultdict(list)
            for _ in range(runs):
                terminal, ms = opened(path, home)
                opening.append(ms)
                with terminal:
                    for name, answer in pressed(terminal):
                        keys[name].append(answer)
                    memory.append(terminal.peak_memory())
                for name, values in alone(path).items():
                    bare[name] += values
            files = given_back(path)
        rounds = {name: [answer.ms for answer in answers] for name, answers in keys.items()}
        made = [*figures(opening, keys, bare, memory), *files]
        report.parts.append(Part(f"2 × {marks:,} marks", made, [{"opening": opening, **rounds}]))
        show(console, report.parts[0])
    except BenchProblem as problem:
        console.print(str(problem), markup=False, style="bold red")
        sys.exit(1)
    report.end()
    console.print(report.about(), markup=False)
    if json_file:
        write(report, json_file)
    sys.exit(report.exit_code(strict=strict))


if __name__ == "__main__":
    main()
