import json
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bench.figures import Figure, median, p95, ratio
from bench.library import SIZES
from bench.pane.limits import limit
from bench.pane.sessions import CURSOR, Samples, unhindered, waiting
from bench.pane.table import compared, figures, start_figures
from bench.report import Part, Report, machine, show, write


def test_the_median_is_the_middle_one_or_lies_halfway_between_two() -> None:
    assert median([9, 1, 2]) == 2
    assert median([9, 1, 2, 4]) == 3


@pytest.mark.parametrize(
    "values,expected",
    [([7], 7), (range(1, 21), 19), (range(1, 101), 95), ([5, 1, 1, 1], 5)],
)
def test_ninety_five_in_a_hundred_are_not_above_p95(values: Sequence[float], expected: float) -> None:
    assert p95(list(reversed(list(values)))) == expected


def test_a_ratio_is_the_median_over_neighbours() -> None:
    assert ratio([2, 30, 4], [1, 10, 4]) == 2


@pytest.mark.parametrize("value,most,verdict", [(3.0, 3, "ok"), (3.1, 3, "OVER"), (3.1, None, ""), (None, 3, "")])
def test_a_figure_is_over_only_beyond_its_limit(value: float | None, most: float | None, verdict: str) -> None:
    assert Figure("key", value, "ms", most).verdict == verdict


def one_round(**changed: list[float]) -> Samples:
    """Everything took 2 ms, half of it waiting, and the bare app 1 ms."""
    names = [
        "first paint",
        "list",
        "key",
        "plain key",
        "mark key",
        "resize",
        "page",
        "end",
        "home",
        "hit",
        "mark",
        "tag list",
        "note",
        "peek",
    ]
    samples: Samples = {name: [2.0] * 4 for name in names}
    samples |= {waiting(name): [1.0] * 4 for name in names}
    samples |= {
        name: [1.0] * 4 for name in ("bare first paint", "bare key", "commit", "first commit", "first mark key")
    }
    samples |= {f"bytes {key}": [100.0] for key in CURSOR}
    samples |= {"memory": [40.0], "bare memory": [20.0], "top line lost": [0.0] * 4}
    return {**samples, **changed}


def named(found: list[Figure]) -> dict[str, Figure]:
    return {figure.name: figure for figure in found}


def test_the_table_of_the_pane() -> None:
    found = named(figures("4k", [one_round()]))
    assert found["first paint"].value == 2
    assert found["first paint"].verdict == "OVER"
    assert found["first paint"].verdict_unhindered == "ok"
    assert found["key, median"].ratio == 2
    assert found["key, median"].unhindered == 1
    assert found["mark beyond its commit, p95"].value == 1
    assert found["bytes of a cursor key"].verdict == "ok"
    assert found["peak memory"].ratio == 2
    without = {name for name, figure in found.items() if figure.limit is None}
    assert without == {name for name in found if name.startswith("B: ")} | {"the first mark beyond its commit"}


def test_one_noisy_round_of_three_changes_no_median() -> None:
    noisy = one_round(key=[50.0] * 4)
    assert named(figures("3m", [one_round(), noisy, one_round()]))["key, median"].value == 2


def test_the_heaviest_cursor_key_counts() -> None:
    found = named(figures("4k", [one_round(**{"bytes down": [900.0]})]))
    assert found["bytes of a cursor key"].verdict == "OVER"
    assert "down" in found["bytes of a cursor key"].note


def test_what_was_waited_for_a_processor_is_taken_off() -> None:
    assert unhindered({"key": [5.0, 1.0], waiting("key"): [2.0, 9.0], "bytes": [7.0]})["key"] == [3.0, 0.1]


def test_a_program_that_cannot_search_has_no_figure_for_it() -> None:
    found = named(compared([{"first paint": [30.0]}], [{"first paint": [10.0]}]))
    assert found["first paint"].ratio == 3
    assert found["hit"].value is None


def test_commands_are_measured_against_their_reference() -> None:
    found = named(start_figures({"import": [10.0, 20.0], "reader": [30.0, 30.0]}, "import"))
    assert found["reader"].value == 2.25
    assert found["reader"].verdict == "OVER"
    assert found["import"].limit is None


@pytest.mark.parametrize("size", SIZES)
def test_each_size_has_its_limits(size: str) -> None:
    assert limit("first paint", size) in (1.3, 1.5, 3)
    assert limit("something else", size) is None


def test_the_report_knows_what_is_over_and_how_busy_the_machine_was(tmp_path: Path) -> None:
    report = Report(machine())
    report.parts.append(Part("pane", figures("4k", [one_round()]), [one_round()]))
    report.end()
    assert (report.exit_code(strict=False), report.exit_code(strict=True)) == (0, 1)
    write(report, tmp_path / "report.json")
    written = json.loads((tmp_path / "report.json").read_text())
    assert [figure.name for figure in report.over] == ["first paint"]
    assert len(written["machine"]["load at the end"]) == 3
    assert written["parts"][0]["figures"][0]["verdict"] == "OVER"
    assert written["parts"][0]["rounds"][0]["key"] == [2.0] * 4


def test_over_stands_next_to_what_is_over() -> None:
    out = StringIO()
    over, fine = Figure("page", 12.5, "ms", 9), Figure("home", 8.5, "ms", 9)
    show(Console(file=out, width=100), Part("pane", [over, fine], []))
    rows = out.getvalue().splitlines()
    assert ["OVER" in row for row in rows if "page" in row or "home" in row] == [True, False]
