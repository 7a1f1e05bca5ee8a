"""Whoosh keeps the index: schema, analysis, durable segments, incremental update.

Searching is done on arrays read out of its segments (`indexer/array_engine.py`).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import fields, index
from whoosh.analysis import Token as WhooshToken
from whoosh.analysis.acore import Composable
from whoosh.reading import IndexReader, SegmentReader
from whoosh.writing import OPTIMIZE, SegmentWriter

from indexer.analysis import grams, terms
from indexer.document import Document, Field
from indexer.postings import COLUMNS, GRAMS, write_postings

MANY_SEGMENTS = 16
STALE = 0.25

GRAM_FIELDS = (Field.TITLE, Field.QUESTIONS, Field.TAGS, Field.SUMMARY)
"""The fields that callers' words are compared with letter by letter."""


class TermAnalyzer(Composable):  # type: ignore[misc]
    """Gives Whoosh the terms of our own analysis."""

    analyse = staticmethod(terms)

    def __call__(self, value: str, **_: Any) -> Iterator[WhooshToken]:
        token = WhooshToken(positions=False, chars=False)
        for term in self.analyse(value):
            token.text = term
            token.boost = 1.0
            yield token


class GramAnalyzer(TermAnalyzer):
    """Gives Whoosh trigrams."""

    analyse = staticmethod(grams)


def _schema() -> fields.Schema:
    text = fields.TEXT(analyzer=TermAnalyzer(), phrase=False)
    return fields.Schema(
        key=fields.ID(unique=True, stored=True),
        kind=fields.STORED,
        service=fields.STORED,
        **{field.value: text for field in Field},
        **{GRAMS: fields.TEXT(analyzer=GramAnalyzer(), phrase=False)},
    )


def update(
    folder: Path, changed: Iterable[Document], gone: Iterable[str], *, rewrite: bool
) -> None:
    """Add, replace and remove documents, in new segments; see `EngineFormat.update`."""
    fresh = not index.exists_in(str(folder))
    held = index.create_in(str(folder), _schema()) if fresh else index.open_dir(str(folder))
    writer = held.writer(limitmb=64)
    try:
        replaced = list(gone)
        for document in changed:
            replaced.append(document.key)
            writer.add_document(
                key=document.key,
                kind=document.kind,
                service=document.service,
                **{field.value: text for field, text in document.fields.items()},
                **{GRAMS: "\n".join(document.fields[field] for field in GRAM_FIELDS)},
            )
        if not fresh:
            _delete(writer, replaced)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(mergetype=OPTIMIZE if rewrite else _merge_seldom)
    held.close()
    (folder / "MAIN_WRITELOCK").unlink(missing_ok=True)


def _delete(writer: SegmentWriter, keys: Iterable[str]) -> None:
    """Delete committed documents, all in one look: those just added are not seen."""
    with writer.reader() as reader:
        for key in keys:
            if ("key", key) in reader:
                for number in reader.postings("key", key).all_ids():
                    writer.delete_document(number)


def _merge_seldom(writer: SegmentWriter, held: list[Any]) -> list[Any]:
    """Leave segments alone until there are many; then put all but the largest into one.

    Whoosh's own way merges every few edits, and each merge costs an editor a wait. The largest
    follows when a quarter of it has been replaced.
    """
    if len(held) < MANY_SEGMENTS:
        return held
    largest = max(held, key=lambda segment: segment.doc_count_all())
    stale = largest.deleted_count() > largest.doc_count_all() * STALE
    kept = [] if stale else [largest]
    for segment in held:
        if segment not in kept:
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
    return kept


@dataclass(frozen=True)
class Segment:
    """A segment of an index."""

    name: str
    deleted: tuple[int, ...]
    """The numbers of documents that are no longer there."""
    _open: Callable[[], IndexReader]

    def write(self, path: Path) -> None:
        """Read its postings out into a file of arrays."""
        reader = self._open()
        numbers = range(reader.doc_count_all())
        documents = [
            (stored["key"], stored["kind"], stored["service"])
            for stored in map(reader.stored_fields, numbers)
        ]
        lengths = np.array(
            [
                [reader.doc_field_length(number, column) or 0 for number in numbers]
                for column in COLUMNS
            ]
        ).reshape(len(COLUMNS), len(documents))
        write_postings(path, documents, _postings(reader), lengths)
        reader.close()


def _postings(reader: IndexReader) -> Iterator[tuple[str, str, list[int], list[float]]]:
    for column, text in reader.all_terms():
        if column not in COLUMNS:
            continue
        matcher = reader.postings(column, text)
        ids: list[int] = []
        weights: list[float] = []
        while matcher.is_active():
            ids.append(matcher.id())
            weights.append(matcher.weight())
            matcher.next()
        yield text.decode("utf-8"), column, ids, weights


def segments(folder: Path) -> Iterator[Segment]:
    """The segments of an index; none is opened before it is written."""
    held = index.open_dir(str(folder))
    contents = index.TOC.read(held.storage, held.indexname)
    for segment in contents.segments:
        opened = partial(SegmentReader, held.storage, contents.schema, segment)
        yield Segment(segment.segment_id(), tuple(sorted(segment.deleted_docs())), opened)
    held.close()
