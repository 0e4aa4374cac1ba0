"""Reviews that come with a file: somebody else's, as they are, and what was answered to one that was made here.

A review that came once is brought up to date with its layer. What anybody answered is kept: answers only come, or are
taken back by whoever gave them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from reader.storage.taking.plan import ReviewCount

if TYPE_CHECKING:
    from reader.annotations.bundle import Answer, Bundle, Decision, Outcome, Review
    from reader.storage.store import Store
    from reader.storage.taking.articles import Match
    from reader.storage.taking.people import People
    from reader.storage.taking.plan import Plan
    from reader.storage.taking.tags import Tags


class _Here(NamedTuple):
    """A review that is here already."""

    layer: str
    is_local: bool
    """Whether it is done here."""


class _DecisionHere(NamedTuple):
    pk: int
    review: str
    document: str
    row: dict[str, object]
    is_answered: bool
    """Whether somebody who works here has answered it."""


class Reviews:
    """Plans the reviews of one file."""

    def __init__(
        self,
        store: Store,
        bundle: Bundle,
        plan: Plan,
        people: People,
        matches: Mapping[str, Match],
        tags: Tags,
        come: Mapping[str, tuple[str, str]],
    ) -> None:
        """`come`: the marks that are here afterwards, each with its layer and its article here."""
        self._store = store
        self._bundle = bundle
        self._plan = plan
        self._people = people
        self._matches = matches
        self._tags = tags
        self._come = come
        self._covered = {match.document for match in matches.values()}
        self._here = {
            id_: _Here(layer, bool(local))
            for id_, layer, local in store.rows(
                "SELECT reviews.id, layers.id, annotators.origin = 'local' FROM reviews"
                " JOIN layers ON layers.pk = reviews.layer JOIN annotators ON annotators.pk = layers.annotator"
            )
        }
        self._decisions_here = _decisions_here(store)

    def plan(self) -> None:
        """All reviews of the file."""
        decisions: defaultdict[str, list[Decision]] = defaultdict(list)
        answers: defaultdict[str, list[Answer]] = defaultdict(list)
        outcomes = {each.annotation: each for each in self._bundle.outcomes}
        review_of = {each.id: each.review for each in self._bundle.decisions}
        for decision in self._bundle.decisions:
            decisions[decision.review].append(decision)
        for answer in self._bundle.answers:
            answers[review_of[answer.decision]].append(answer)
        for review in self._bundle.reviews:
            state = self._state(review)
            if state is None:
                continue
            who = self._bundle.people[self._bundle.layers[review.layer].annotator]
            count = ReviewCount(review.id, who.name, review.kind)
            self._plan.reviews.append(count)
            known = {id_: here.document for id_, here in self._decisions_here.items() if here.review == review.id}
            if state in ("new", "newer", "same"):
                self._head(review, count)
                known = self._decisions(review, decisions[review.id], state, count)
                self._outcomes(review, outcomes, known, state)
            self._answers([each for each in answers[review.id] if each.decision in known], count)

    def _state(self, review: Review) -> str | None:
        """What becomes of a review, as of its layer; None where it is refused."""
        here, state = self._here.get(review.id), self._people.counts[review.layer].state
        others = [id_ for id_, each in self._here.items() if each.layer == review.layer and id_ != review.id]
        if state == "refused" or others or (here is None and state == "yours"):
            self._plan.refuse("review", review.id, "its marks lie in a layer that is something else here")
        elif here is not None and here.layer != review.layer:
            self._plan.refuse("review", review.id, "it is another review here")
        elif any(self._people.counts[side].state == "refused" for side in review.sides):
            self._plan.refuse("review", review.id, "the marks that it compares cannot come in")
        elif not self._covered:
            return None
        else:
            return state
        return None

    def _head(self, review: Review, count: ReviewCount) -> None:
        for layer in (review.layer, *review.sides):
            if self._people.counts[layer].state != "yours":
                self._people.come(layer)
        if review.id in self._here:
            return
        count.is_new = True
        self._plan.rows["reviews"].new.append(
            {"id": review.id, "layer": review.layer, "kind": review.kind, "created_at": review.created_at}
        )
        self._plan.rows["review_sides"].new += (
            {"review": review.id, "position": position, "layer": layer} for position, layer in enumerate(review.sides)
        )

    def _decisions(self, review: Review, theirs: Sequence[Decision], state: str, count: ReviewCount) -> dict[str, str]:
        """The decisions of a review; the ids of those that are here afterwards, with their articles."""
        rows = self._plan.rows["decisions"]
        here = {id_: each for id_, each in self._decisions_here.items() if each.review == review.id}
        found = {id_: each.document for id_, each in here.items()}
        seen: set[tuple[str, str]] = set()
        for each in theirs:
            match = self._matches.get(each.article)
            if match is None:
                continue
            is_theirs = each.annotator == self._bundle.layers[review.layer].annotator
            if not is_theirs or (match.document, each.key) in seen:
                self._plan.refuse("decision", each.id, "it is not one of whoever reviews, or there are two of it")
                continue
            if each.id not in here and each.id in self._decisions_here:
                self._plan.refuse("decision", each.id, "a decision of that id is in another review here")
                continue
            seen.add((match.document, each.key))
            row = self._decision(each, match)
            found[each.id] = match.document
            if each.id not in here:
                self._people.person(each.annotator)
                rows.new.append({"id": each.id, "review": review.id, **row})
                count.added += 1
            elif state == "newer" and row != here[each.id].row:
                rows.changed.append((here[each.id].pk, row))
                count.changed += 1
        if state == "newer":
            theirs_ids = {each.id for each in theirs}
            for id_, there in here.items():
                if id_ not in theirs_ids and there.document in self._covered and not there.is_answered:
                    self._drop(there.pk)
                    del found[id_]
                    count.removed += 1
        return found

    def _drop(self, decision: int) -> None:
        for table in ("answers", "outcomes"):
            pks = self._store.rows(f"SELECT pk FROM {table} WHERE decision = ?", (decision,))
            self._plan.rows[table].gone += (pk for (pk,) in pks)
        self._plan.rows["decisions"].gone.append(decision)

    def _decision(self, each: Decision, match: Match) -> dict[str, object]:
        who = self._bundle.people[each.annotator]
        marks: list[dict[str, Any]] = []
        for mark in each.ground:
            given = self._tags.given(mark.tag, match.codebook, who) if mark.tag in self._bundle.tags else None
            marks.append({**mark._asdict(), "tag": given.shown if given else mark.tag})
        return {
            "document": match.document, "key": each.key, "difference": each.difference, "choice": each.choice,
            "reason": each.reason, "comment": each.comment,
            "ground": json.dumps(marks, ensure_ascii=False, sort_keys=True), "annotator": each.annotator,
            "created_at": each.created_at, "updated_at": each.updated_at,
        }  # fmt: skip

    def _outcomes(
        self, review: Review, theirs: Mapping[str, Outcome], decisions: Mapping[str, str], state: str
    ) -> None:
        """Where the marks of a review's layer come from."""
        rows = self._plan.rows["outcomes"]
        here = {
            annotation: (pk, decision, source)
            for annotation, pk, decision, source in self._store.rows(
                "SELECT annotations.id, outcomes.pk, ifnull(decisions.id, ''), ifnull(source.id, '') FROM outcomes"
                " JOIN annotations ON annotations.pk = outcomes.annotation"
                " LEFT JOIN decisions ON decisions.pk = outcomes.decision"
                " LEFT JOIN annotations AS source ON source.pk = outcomes.source"
                " JOIN layers ON layers.pk = annotations.layer WHERE layers.id = ?",
                (review.layer,),
            )
        }
        gone = set(rows.gone)
        for mark in self._bundle.marks:
            each = theirs.get(mark.id)
            if mark.layer != review.layer or each is None or mark.id not in self._come:
                continue
            if each.decision and decisions.get(each.decision) != self._come[mark.id][1]:
                continue
            source = each.source if each.source in self._come else ""
            if mark.id not in here or here[mark.id][0] in gone:
                rows.new.append({"annotation": mark.id, "decision": each.decision or None, "source": source or None})
            elif state == "newer" and here[mark.id][1:] != (each.decision, source):
                row = {"decision": each.decision or None, "source": source or None}
                rows.changed.append((here[mark.id][0], row))

    def _answers(self, theirs: Sequence[Answer], count: ReviewCount) -> None:
        rows = self._plan.rows["answers"]
        known = {
            id_: (pk, bool(local), deleted)
            for id_, pk, local, deleted in self._store.rows(
                "SELECT answers.id, answers.pk, annotators.origin = 'local', answers.deleted_at FROM answers"
                " JOIN annotators ON annotators.pk = answers.annotator"
                " WHERE answers.id IN (SELECT value FROM json_each(?))",
                (json.dumps([each.id for each in theirs]),),
            )
        }
        for each in theirs:
            if each.id in known:
                pk, is_local, deleted = known[each.id]
                if each.deleted_at is not None and deleted is None and not is_local:
                    rows.changed.append((pk, {"deleted_at": each.deleted_at}))
            elif self._people.is_local(each.annotator):
                name = self._bundle.people[each.annotator].name
                self._plan.refuse("answer", each.id, f"it says that it is {name}'s, but was not given here")
            elif each.deleted_at is None:
                self._people.person(each.annotator)
                rows.new.append(each._asdict())
                count.answers += 1


def _decisions_here(store: Store) -> dict[str, _DecisionHere]:
    """All decisions of reviews that came with a file or were made here, by id."""
    names = ("document", "key", "difference", "choice", "reason", "comment", "ground", "annotator", "created_at",
             "updated_at")  # fmt: skip
    return {
        id_: _DecisionHere(pk, review, row[0], dict(zip(names, row, strict=True)), bool(answered))
        for id_, pk, review, answered, *row in store.rows(
            "SELECT decisions.id, decisions.pk, reviews.id, EXISTS (SELECT 1 FROM answers"
            " JOIN annotators ON annotators.pk = answers.annotator AND annotators.origin = 'local'"
            " WHERE answers.decision = decisions.pk), documents.id, decisions.key, decisions.difference,"
            " decisions.choice, decisions.reason, decisions.comment, decisions.ground, annotators.id,"
            " decisions.created_at, decisions.updated_at FROM decisions"
            " JOIN reviews ON reviews.pk = decisions.review JOIN documents ON documents.pk = decisions.document"
            " JOIN annotators ON annotators.pk = decisions.annotator"
        )
    }
