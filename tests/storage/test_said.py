"""Values of attributes: counted once, and kept up by the log."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.documents.span import Span
from reader.errors import ReaderError
from reader.project import Project, open_project
from reader.storage import said
from reader.work import history, library, tagging
from tests.storage.making import article, opened

NAMES = st.sampled_from(["Kirby", "Lindqvist", "Vos", ""])
ACTIONS = st.lists(st.tuples(st.sampled_from(["say", "undo", "redo", "remove"]), st.integers(0, 3), NAMES), max_size=25)


def there(project: Project) -> set[str]:
    """What is said by marks that are there, by a look at all of them."""
    rows = project.store.rows(
        "SELECT DISTINCT value FROM attributes JOIN annotations ON annotations.pk = annotation"
        " WHERE name = 'speaker' AND deleted_at IS NULL"
    )
    return {value for (value,) in rows}


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=ACTIONS, most=st.sampled_from([0, 3, 10_000]))
def test_no_value_is_missed_whatever_was_done(
    tmp_path_factory: pytest.TempPathFactory, actions: list[tuple[str, int, str]], most: int
) -> None:
    ana = opened(tmp_path_factory.mktemp("db") / "annotations.db")
    ana.store.rows("PRAGMA synchronous = OFF")
    document = article(ana, "one two three four five six seven")
    quotes = [tagging.mark(ana, document, [Span(4 * n, 4 * n + 3)], "quote") for n in range(4)]
    ben = open_project(ana.path, "ben")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(said, "MOST_SINCE", most)
        for action, number, name in actions:
            with suppress(ReaderError):
                if action == "say":
                    tagging.set_attributes(ana, quotes[number].id, {"speaker": [name]})
                elif action == "remove":
                    tagging.remove(ana, quotes[number].id)
                else:
                    (history.undo if action == "undo" else history.redo)(ana, document)
            for project in (ana, ben):
                found = [value for value, _ in said.everywhere(project.store, "speaker")]
                assert len(found) == len(set(found))
                assert {value for value in found if said.is_given(project.store, "speaker", value)} == there(ana)
    ana.close()
    ben.close()


def test_the_most_frequent_comes_first(project: Project) -> None:
    document = article(project, "one two three four five six seven")
    for number, name in enumerate(["Vos", "Kirby", "Kirby"]):
        mark = tagging.mark(project, document, [Span(4 * number, 4 * number + 3)], "quote")
        tagging.set_attributes(project, mark.id, {"speaker": [name]})
        said.everywhere(project.store, "speaker")
    assert said.everywhere(project.store, "speaker") == [("Kirby", 2), ("Vos", 1)]
    assert said.everywhere(project.store, "role") == []
    library.delete(project, document)
    assert said.everywhere(project.store, "speaker") == [("Kirby", 2), ("Vos", 1)]


def test_what_is_known_is_not_counted_again(project: Project) -> None:
    document = article(project, "one two three")
    mark = tagging.mark(project, document, [Span(0, 3)], "quote")
    said.everywhere(project.store, "speaker")
    tagging.set_attributes(project, mark.id, {"speaker": ["Vos"]})
    asked: list[str] = []
    project.store.connection.set_trace_callback(asked.append)
    assert said.everywhere(project.store, "speaker") == [("Vos", 1)]
    assert said.everywhere(project.store, "speaker") == [("Vos", 1)]
    assert not any("GROUP BY" in sql for sql in asked)
    project.store.connection.set_trace_callback(None)
