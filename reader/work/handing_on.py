"""Handing a review on: a small database that holds it and what it is about, for those whose marks it compares."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from reader.documents.document import Document
from reader.formats.writing import replacing
from reader.project import Project
from reader.storage import bundle
from reader.storage import documents as stored
from reader.storage.reviews import Review


def to_file(project: Project, review: Review, path: Path, documents: Sequence[Document] = ()) -> None:
    """Writes a review, of all its articles or of these, as a database that `importing` takes in at the other end.

    It is whole as soon as it is there. UsageProblem or ReaderError where it cannot be written.
    """
    chosen = [stored.place(project.store, document.id).document for document in documents]
    with replacing(path) as out, tempfile.TemporaryDirectory(prefix="reader-") as folder:
        made = Path(folder) / "review.db"
        bundle.write(project.store, review.pk, made, chosen or None)
        with made.open("rb") as whole:
            shutil.copyfileobj(whole, out, 1 << 20)
