"""The words of an edition, each with the number of articles that have it."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import orjson

from indexer.analysis import stem, words
from indexer.document import Document

LEXICON = "lexicon.json"


def document_words(document: Document) -> set[str]:
    """The plain words of a document, each once."""
    return {word for text in document.fields.values() for word in words(text)}


def term_counts(counts: Mapping[str, int]) -> Counter[str]:
    """By term: the number of articles that have the commonest of its words."""
    found: Counter[str] = Counter()
    for word, count in counts.items():
        term = stem(word)
        found[term] = max(found[term], count)
    return found


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
