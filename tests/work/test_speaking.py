from __future__ import annotations

from reader.annotations.annotation import Annotation
from reader.documents.document import Document
from reader.documents.paragraphs import Paragraphs
from reader.documents.segment import Segments
from reader.project import Project, open_project
from reader.work import binding, codebooks, library, marks, speaking, tagging
from reader.work.speaking import BEFORE, BESIDE, HERE, WITH
from tests.storage.making import article, marked_article

TEXT = """\
Harbour news
The harbour master, Ines Okafor, counts. [“Nine hundred boats,”]{quote} Okafor said. Nobody else did.
[“There were ten,”]{quote} says the mayor.
[“I saw none,”]{quote} said Ivo Kest.
[It is far too much.]{opinion} [It cost 48 million.]{claim}
"""


def offered(project: Project, document: Document, mark: Annotation, name: str = "speaker") -> list[tuple[str, str]]:
    text = library.text(project, document)
    segments = Segments(text, Paragraphs(text, document.layout))
    attribute = library.codebook(project, document).by_id(mark.tag).attribute(name)
    assert attribute is not None
    return [(offer.value, offer.why) for offer in speaking.offers(project, document, segments, mark, attribute)]


def matching(project: Project, document: Document, mark: Annotation, name: str, typed: str) -> list[str]:
    text = library.text(project, document)
    attribute = library.codebook(project, document).by_id(mark.tag).attribute(name)
    assert attribute is not None
    segments = Segments(text, Paragraphs(text, document.layout))
    return [offer.value for offer in speaking.matching(project, segments, mark, attribute, typed)]


def said(project: Project, mark: Annotation, **values: str) -> Annotation:
    return tagging.set_attributes(project, mark.id, {name: [value] for name, value in values.items()})


def test_names_beside_the_words_come_first(project: Project) -> None:
    document, (boats, ten, none, *_) = marked_article(project, TEXT)
    assert offered(project, document, boats)[0] == ("Ines Okafor", BESIDE)
    assert offered(project, document, ten)[0] == ("the mayor", BESIDE)
    said(project, boats, speaker="Ines Okafor")
    assert offered(project, document, none) == [
        ("Ivo Kest", BESIDE), ("the mayor", BESIDE), ("Ines Okafor", HERE),
    ]  # fmt: skip


def test_one_spelling_for_each(project: Project) -> None:
    document, (boats, *_) = marked_article(project, TEXT)
    other, (mark,) = marked_article(project, "[“Boats,”]{quote} said Okafor, and Petra Kest laughed.")
    said(project, mark, speaker="I. Okafor")
    # As it was written before, although the article has the name in full.
    assert offered(project, document, boats)[0] == ("I. Okafor", BESIDE)
    assert [value for value, _ in offered(project, other, mark)] == ["I. Okafor", "Petra Kest"]
    said(project, boats, speaker="ines okafor")
    assert offered(project, document, boats)[0] == ("ines okafor", BESIDE)


def test_a_name_of_two_people_is_left_as_it_is(project: Project) -> None:
    for number, name in enumerate(("Ivo Kest", "Petra Kest", "Ivo Kest")):
        _, (mark,) = marked_article(project, f"[“Boats,”]{{quote}} somebody said {number} times.")
        said(project, mark, speaker=name)
    document, (mark,) = marked_article(project, "[“Boats,”]{quote} Kest said.")
    assert [value for value, _ in offered(project, document, mark)] == ["Kest"]
    _, (other,) = marked_article(project, "[“Boats,”]{quote} Lund said.")
    said(project, other, speaker="Dora Lund")
    third, (mark,) = marked_article(project, "[“More boats,”]{quote} Lund said.")
    assert offered(project, third, mark)[0] == ("Dora Lund", BESIDE)


def test_values_of_the_article_then_of_all(project: Project) -> None:
    for number, role in enumerate(("baker", "mayor", "mayor", "nurse")):
        _, (mark,) = marked_article(project, f"[“Boats,”]{{quote}} somebody said {number} times.")
        said(project, mark, role=role)
    document, (boats, ten, none, *_) = marked_article(project, TEXT)
    said(project, boats, role="harbour master", speaker="Ines Okafor")
    said(project, ten, role="Mayor")
    assert offered(project, document, none, "role") == [
        ("Mayor", HERE), ("harbour master", HERE), ("baker", BEFORE), ("nurse", BEFORE),
    ]  # fmt: skip
    said(project, none, speaker="Ines Okafor")
    assert offered(project, document, marks.of(project, document)[2], "role")[0] == ("harbour master", WITH)


def test_what_only_removed_marks_said_is_not_offered(project: Project) -> None:
    _, (mark,) = marked_article(project, "[“Boats,”]{quote} somebody said.")
    said(project, mark, role="baker")
    document, (boats, *_) = marked_article(project, TEXT)
    assert offered(project, document, boats, "role") == [("baker", BEFORE)]
    assert matching(project, document, boats, "role", "BAK") == ["baker"]
    tagging.remove(project, mark.id)
    assert offered(project, document, boats, "role") == []
    assert matching(project, document, boats, "role", "bak") == []


def test_what_is_typed_is_looked_for_in_all_values(project: Project) -> None:
    for number, name in enumerate(("Amara Núñez", "Mara Lindqvist", "Ivo Kest")):
        _, (mark,) = marked_article(project, f"[“Boats,”]{{quote}} somebody said {number} times.")
        said(project, mark, speaker=name)
    document, (boats, *_) = marked_article(project, TEXT + "Nuria Bell and Ivan Kest met Mara Lind.")
    assert matching(project, document, boats, "speaker", " mara ") == ["Mara Lind", "Mara Lindqvist", "Amara Núñez"]
    assert matching(project, document, boats, "speaker", "nu") == ["Nuria Bell", "Amara Núñez"]
    assert matching(project, document, boats, "speaker", "ok") == ["Ines Okafor"]
    assert matching(project, document, boats, "speaker", "kest") == ["Ivo Kest", "Ivan Kest"]
    assert matching(project, document, boats, "speaker", " ") == []
    assert matching(project, document, boats, "speaker", "it") == []


def test_choices_are_all_that_can_be_said(project: Project) -> None:
    document, (boats, *_) = marked_article(project, TEXT)
    assert offered(project, document, boats, "manner") == [("direct", ""), ("indirect", "")]
    assert offered(project, document, boats, "on the record") == [("yes", ""), ("no", "")]


def test_what_is_missing_is_listed(project: Project) -> None:
    document, made = marked_article(project, TEXT)
    other, (last,) = marked_article(project, "[“Boats,”]{quote} somebody said.")
    article(project, "Nothing here.")
    ben = open_project(project.path, "ben")
    tagging.mark(ben, document, made[0].fragments, "quote")
    said(project, made[1], speaker="the mayor")

    def listed(found: list[speaking.Lacking]) -> list[tuple[int, str, str]]:
        return [
            (each.article, each.annotation.text, ", ".join(each.names)) for each in speaking.missing(project, found)
        ]

    assert listed(speaking.lacking(project)) == [
        (1, "“Nine hundred boats,”", "speaker"),
        (1, "“I saw none,”", "speaker"),
        (1, "It is far too much.", "holder"),
        (1, "It cost 48 million.", "status"),
        (2, "“Boats,”", "speaker"),
    ]
    assert [each.pk for each in speaking.lacking(project, other)] == [last.pk]
    claim = library.codebook(project, document).find("claim")
    assert listed(speaking.lacking(project, tags=[claim])) == [(1, "It cost 48 million.", "status")]
    assert [each.name for each in speaking.missing_of(made[4], claim)] == ["status"]
    assert speaking.missing_of(said(project, made[4], status="refuted"), claim) == ()
    library.delete(project, other)
    assert [each.document for each in speaking.lacking(project)] == [1, 1, 1]
    ben.close()


def test_marks_of_other_codebooks_and_merged_tags_lack_what_theirs_want(project: Project) -> None:
    document, _ = marked_article(project, "[“Boats,”]{quote} [it said]{claim}.")
    book = codebooks.find(project, "close")
    binding.use(
        project, codebooks.take_in(project, codebooks.find(project, "prop", offers=True)), [document], keep=True
    )
    assert [each.names for each in speaking.lacking(project, document)] == [("speaker",), ("status",)]
    codebooks.merge(project, book, book.tags[0], book.tags[1])
    assert [each.names for each in speaking.lacking(project, document)] == [("speaker",), ("speaker",)]
    assert len(speaking.lacking(project)) == 2
