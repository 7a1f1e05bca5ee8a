"""`synonyms.yml`: the words people use for the words the council uses."""

from pydantic import field_validator

from kb.article import Audience
from kb.entries import Entry, EntryReader, Phrases
from kb.problems import Level, Problem

PATH = "synonyms.yml"


class Synonym(Entry):
    """People `say` one thing and the articles `mean` another."""

    say: Phrases
    mean: Phrases
    both_ways: bool = False
    audience: Audience | None = None

    @field_validator("say", "mean")
    @classmethod
    def _some(cls, phrases: tuple[str, ...]) -> tuple[str, ...]:
        kept = tuple(phrase.strip() for phrase in phrases if phrase.strip())
        if not kept:
            raise ValueError("is empty; write at least one word")
        return kept


def read_synonyms(
    data: bytes | None, path: str = PATH
) -> tuple[tuple[tuple[int, Synonym], ...], list[Problem]]:
    """Read the file, if there is one: each group with its line.

    A group without an audience serves the staff edition only, and is reported.
    """
    reader = EntryReader(path)
    if data is None:
        return (), []
    groups: list[tuple[int, Synonym]] = []
    for line, group in reader.entries(data, Synonym):
        if group.audience is None:
            message = (
                "audience is missing, so only staff profit; "
                'add "audience: public" or "audience: staff"'
            )
            reader.report(Level.FAULT, line, message)
            group = group.model_copy(update={"audience": Audience.STAFF})
        groups.append((line, group))
    return tuple(groups), reader.problems
