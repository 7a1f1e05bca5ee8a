"""The words of an edition, each with the number of articles that have it."""

from collections import Counter
from pathlib import Path

import orjson

from indexer.analysis import words
from indexer.document import Document

LEXICON = "lexicon.json"


def document_words(document: Document) -> set[str]:
    """The plain words of a document, each once."""
    return {word for text in document.fields.values() for word in words(text)}


def write_lexicon(folder: Path, counts: Counter[str]) -> None:
    """Write the words that are left; a count of nothing is no word."""
    kept = {word: count for word, count in sorted(counts.items()) if count > 0}
    (folder / LEXICON).write_bytes(orjson.dumps(kept))


def read_lexicon(folder: Path) -> Counter[str]:
    """Read a generation's words.

    Raises:
        OSError, ValueError: where the file is not what it should be.
    """
    return Counter(orjson.loads((folder / LEXICON).read_bytes()))
