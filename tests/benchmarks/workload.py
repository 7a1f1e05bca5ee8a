"""What every peer gets alike: the articles, the questions, and what is typed ahead.

A folder that processes share, since each peer is measured in processes of its own.
"""

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from indexer.document import Document, Field
from tests.benchmarks.corpus import OWN, SEED, Entry

SHORT = (Field.TITLE, Field.QUESTIONS, Field.TAGS)
"""The first of the two fields that the peers have; all else is the second."""


class Workload:
    """A folder with articles, as Markdown and as lines of JSON, and questions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def content(self) -> Path:
        """The articles as a content folder."""
        return self.folder / "content"

    def write(self, entries: Iterable[Entry], number: int) -> int:
        """Write the articles and draw questions; how many articles there are."""
        told: list[str] = []
        size = 0
        with (self.folder / "documents.jsonl").open("w", encoding="utf-8") as file:
            for entry in entries:
                file.write(json.dumps(asdict(entry)) + "\n")
                told.append(entry.document.fields[Field.TITLE])
                told += entry.document.fields[Field.QUESTIONS].split("\n")
                size += 1
        luck = random.Random(SEED)
        bank = self.content / "questions.jsonl"
        bank = bank if bank.exists() else OWN / "questions.jsonl"
        lines = bank.read_text(encoding="utf-8").splitlines()
        banked = [json.loads(line)["query"] for line in lines if line.strip()]
        questions = list(_drawn(luck, (told, told, banked), number * 2))
        asked = {"warm_up": questions[number:], "queries": questions[:number]}
        asked["typed"] = [_begun(luck, question) for question in asked["queries"]]
        (self.folder / "asked.json").write_text(json.dumps(asked), encoding="utf-8")
        return size

    def asked(self, what: str) -> list[str]:
        """The questions: `warm_up`, `queries`, or `typed` as their beginnings."""
        found: list[str] = json.loads((self.folder / "asked.json").read_bytes())[what]
        return found

    def entries(self) -> Iterator[Entry]:
        """The articles, one by one."""
        with (self.folder / "documents.jsonl").open(encoding="utf-8") as file:
            for line in file:
                held = json.loads(line)
                made = held["document"]
                made["fields"] = {Field(name): text for name, text in made["fields"].items()}
                yield Entry(held["path"], Document(**made))

    def documents(self) -> Iterator[Document]:
        """The articles as an engine sees them."""
        return (entry.document for entry in self.entries())


def two_fields(document: Document) -> tuple[str, str]:
    """An article as two texts: title, questions and tags; and the rest."""
    parts = document.fields
    short = "\n".join(filter(None, (parts[field] for field in SHORT)))
    return short, "\n".join(text for field, text in parts.items() if field not in SHORT and text)


def names(document: Document) -> list[str]:
    """What typing ahead completes: the title, and callers' own wordings."""
    both = f"{document.fields[Field.TITLE]}\n{document.fields[Field.QUESTIONS]}"
    return [line for line in both.split("\n") if line]


def _drawn(luck: random.Random, sources: tuple[list[str], ...], number: int) -> Iterator[str]:
    """Questions of 2 to 8 words, from each source in turn."""
    while number:
        said = luck.choice(sources[number % len(sources)]).split()
        if len(said) >= 2:
            begin = luck.randint(0, max(0, len(said) - 8))
            yield " ".join(said[begin : begin + 8])
            number -= 1


def _begun(luck: random.Random, question: str) -> str:
    """The beginning of a question, from two letters up."""
    return question[: luck.randint(2, max(2, len(question)))].strip() or question
