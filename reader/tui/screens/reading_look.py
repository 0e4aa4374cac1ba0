"""How the reading screen looks: what is beside and over the text, measure, space, light, theme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.documents.unit import Unit
from reader.errors import Refused
from reader.tui.reading.describe import attributes_of, counted, one_line, quoted
from reader.tui.screens.page import said
from reader.tui.screens.reading_links import LinkActions
from reader.tui.widgets.bar import Words
from reader.work import marks

if TYPE_CHECKING:
    from reader.annotations.annotation import Annotation
    from reader.annotations.relation import Relation

NARROWEST, WIDEST = 40, 120
MOST_SPACING = 2
MOST_PEEKED = 3
MOST_NOTE_LINES = 4
MOST_LINKS = 3
LIGHTS = {None: Unit.SENTENCE, Unit.SENTENCE: Unit.PARAGRAPH, Unit.PARAGRAPH: None}


class LookActions(LinkActions):
    """Each action is remembered for the next time."""

    def action_side(self) -> None:
        """Show or hide the list of marks."""
        self.list.display = not self.list.display
        self.keep_look(side_pane=self.list.display)

    def action_measure(self, columns: int) -> None:
        """Set the text narrower or wider."""
        self.reader.measure = max(NARROWEST, min(WIDEST, self.reader.measure + columns))
        self.reader.relayout()
        self.reader.bring(self.reader.selected.cursor)
        self.keep_look(measure=self.reader.measure)
        self.say(f"The text is set to {self.reader.flow.width} columns.")

    def action_spacing(self) -> None:
        """More or less space between paragraphs."""
        self.reader.spacing = (self.reader.spacing + 1) % (MOST_SPACING + 1)
        self.reader.relayout()
        self.reader.bring(self.reader.selected.cursor)
        self.keep_look(spacing=self.reader.spacing)

    def action_light(self) -> None:
        """Only the sentence, only the paragraph, or everything bright."""
        unit = LIGHTS.get(self.reader.lit_unit)
        self.reader.light(unit)
        self.keep_look(lit=unit.value if unit else "")
        self.say(f"Only the {unit} at the cursor is bright." if unit else "Everything is bright.")

    @said
    def action_peek(self) -> None:
        """What is said about the marks under the cursor, until the next move."""
        from reader.work import relating

        if self.glimpse.display:
            self.glimpse.display = False
            return
        found = marks.by_pk(self.project, list(dict.fromkeys(piece.mark for piece in self.here)))
        if not found:
            raise Refused(f"There is no mark under the cursor: {self.key('next_mark')} goes to the next one.")
        links = relating.of_all(self.project, found[:MOST_PEEKED])
        lines = [line for each in found[:MOST_PEEKED] for line in self._said_of(each, links.get(each.pk, ()))]
        if len(found) > MOST_PEEKED:
            more = f"   and {len(found) - MOST_PEEKED} more here: {self.key('other_mark')} goes through them"
            lines.append([(more, "quiet")])
        self.glimpse.styles.height = len(lines) + 2
        self.glimpse.show([[], *lines])
        self.glimpse.display = True

    def _said_of(self, annotation: Annotation, links: Sequence[Relation]) -> list[Words]:
        tag = self.desk.codebook.by_id(annotation.tag)
        ink = self.palette.tags[tag.colour].ink
        about = f" · {annotation.annotator} · {counted(self.desk.text, annotation.fragments)}"
        lines: list[Words] = [
            [(f"{tag.symbol}  ", f"bold {ink}"), (tag.name, "bold"), (about, "quiet")],
            [("   ", "quiet"), (one_line(annotation), "text")],
        ]
        said = " · ".join(attributes_of(annotation, tag))
        if said:
            lines.append([("   ", "quiet"), (said, "quiet")])
        for link in links[:MOST_LINKS]:
            lines.append([(f"   {link.role} ", "quiet"), (quoted(link.other.text, WIDEST), "text")])
        if len(links) > MOST_LINKS:
            lines.append([(f"   and {len(links) - MOST_LINKS} more links", "quiet")])
        note = annotation.note.splitlines()[:MOST_NOTE_LINES]
        return lines + [[("     " if i else "   ✎ ", "quiet"), (line, "text")] for i, line in enumerate(note)]
