"""`authority.yml`: whose knowledge base this is, how to reach it, and its partners."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from kb.entries import Entry, EntryReader
from kb.frontmatter import Day, Hours, Id, Text
from kb.problems import Level, Problem

PATH = "authority.yml"


def _colour(written: str) -> str:
    if len(written) != 7 or written[0] != "#" or set(written[1:].lower()) - set("0123456789abcdef"):
        raise ValueError(f'"{written}" is not a colour; write it as "#005a9c"')
    return written.lower()


class Channels(Entry):
    """The ways to reach the authority."""

    telephone: Text | None = None
    email: Text | None = None
    sms: Text | None = None
    website: Text | None = None
    hours: Hours | None = None


class Partner(Entry):
    """Another body that callers ask for."""

    id: Id
    name: Text
    telephone: Text | None = None
    website: Text | None = None
    responsible_for: Text | None = None


class Standard(Entry):
    """A promise of the whole authority."""

    name: Text
    promise: Text


class Authority(Entry):
    """The body that publishes; the name is all it must have."""

    name: Text
    id: Id | None = None
    colour: Annotated[Text, AfterValidator(_colour)] = "#005a9c"
    channels: Channels = Field(default_factory=Channels)
    bank_holidays: tuple[Day, ...] = ()
    partners: tuple[Partner, ...] = ()
    standards: tuple[Standard, ...] = ()

    def provider_name(self, provider: str | None) -> str | None:
        """The name of the body behind a `provider` id; None where it is this one or not known."""
        return next((partner.name for partner in self.partners if partner.id == provider), None)

    def is_bank_holiday(self, day: date) -> bool:
        """Whether a date is one of the bank holidays listed."""
        return day in self.bank_holidays


def read_authority(data: bytes | None, folder_name: str) -> tuple[Authority, list[Problem]]:
    """Read the file; without a good one, the folder's name serves.

    Args:
        data: the file's bytes; None where there is no such file.
        folder_name: the content folder's own name.
    """
    reader = EntryReader(PATH)
    fallback = Authority(name=folder_name.replace("-", " ").strip() or "Knowledge base")
    if data is None:
        message = f'there is no {PATH}; add one with "name: …", the name of your council'
        reader.report(Level.WARNING, 1, message)
        return fallback, reader.problems
    located = reader.located(data)
    if located is None:
        return fallback, reader.problems
    authority = reader.entry(located.value or {}, Authority, located)
    if authority is None and isinstance(located.value, dict):
        faulty = {problem.message.split(":", 1)[0].split(".", 1)[0] for problem in reader.problems}
        kept = {name: value for name, value in located.value.items() if name not in faulty}
        authority = EntryReader(PATH).entry({"name": fallback.name, **kept}, Authority, located)
    return authority or fallback, reader.problems
