"""On the reading screen: what may be said of a tag's marks, declared in the panel that shows what it means."""

from __future__ import annotations

from dataclasses import replace

from reader.annotations.codebook import Attribute, Tag
from reader.tui.screens.page import said
from reader.tui.screens.reading_codebook import CodebookActions

_MORE = "+"


class AttributeActions(CodebookActions):
    """One attribute is chosen, or one more, and filled in."""

    @said
    def action_book_attributes(self) -> None:
        """What may be said of the tag's marks."""
        from reader.tui.reading.declaring import summary
        from reader.tui.screens.picker import Choice

        tag = self._tag
        if not tag.attributes:
            self._declare(tag, None)
            return
        choices = [
            Choice(
                str(place),
                [("● " if each.wanted else "· ", "warning" if each.wanted else "quiet"), (f"{each.name}  ", "bold"),
                 (summary(each), "quiet")],
                each.name,
            )
            for place, each in enumerate(tag.attributes)
        ]  # fmt: skip
        choices.append(Choice(_MORE, [("+ ", "key"), ("one more", "text")], "one more"))

        def chosen(value: str) -> None:
            self._declare(tag, None if value == _MORE else int(value))

        self._choose(f"What may be said of “{tag.name}”", choices, chosen)

    def _declare(self, tag: Tag, place: int | None) -> None:
        """Fill in the attribute at this place of the tag's, or one more."""
        from reader.tui.screens.attribute import AttributeForm

        before = None if place is None else tag.attributes[place]

        def save(after: Attribute | None) -> None:
            self._save_attribute(tag, before, after)

        self.app.push_screen(AttributeForm(self.palette, tag.name, before, save))

    def _save_attribute(self, tag: Tag, before: Attribute | None, after: Attribute | None) -> None:
        from reader.work import codebooks

        if after == before:
            self.say("It is as it was.")
            return
        place = len(tag.attributes) if before is None else tag.attributes.index(before)
        attributes = (*tag.attributes[:place], *([] if after is None else [after]), *tag.attributes[place + 1 :])
        book = self.desk.codebook
        changed = codebooks.change_tag(self.project, book, replace(tag, attributes=attributes), tag).by_id(tag.id)
        told = f"Saved: revision {changed.revision} of {tag.name}"
        if before is not None and (after is None or changed.attribute(before.name) is None):
            keep = codebooks.said_by(self.project, tag, before.name)
            if keep:
                told += f"; {keep:,} {'mark keeps' if keep == 1 else 'marks keep'} what was said as “{before.name}”"
        self._changed(told, tag.id)
