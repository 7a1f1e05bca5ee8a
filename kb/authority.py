"""`authority.yml`: whose knowledge base this is, how to reach it, and its partners."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from kb.colour import light_palette
from kb.entries import Entry, EntryReader
from kb.frontmatter import Day, Hours, Id, Text, Texts
from kb.problems import Level, Problem

PATH = "authority.yml"

DEFAULT_COLOUR = "#005a9c"
_LOGOS = (".svg", ".png", ".webp", ".jpg", ".jpeg")


def _colour(written: str) -> str:
    if len(written) != 7 or written[0] != "#" or set(written[1:].lower()) - set("0123456789abcdef"):
        raise ValueError(f'"{written}" is not a colour; write it as "#005a9c"')
    return written.lower()


def _public_file(written: str, suffixes: tuple[str, ...]) -> str:
    if not written.startswith("files/public/") or not written.lower().endswith(suffixes):
        kinds = " or ".join(suffixes)
        raise ValueError(f'"{written}" is not a {kinds} file in files/public/; put it there')
    return written


class Emergency(Entry):
    """Who answers when everybody else has gone home."""

    telephone: Text
    covers: Text
    """What it is for, as in "for dangerous structures"."""


class Channels(Entry):
    """The ways to reach the authority."""

    telephone: Text | None = None
    email: Text | None = None
    sms: Text | None = None
    website: Text | None = None
    hours: Hours | None = None
    """When the telephone is answered."""
    emergency: Emergency | None = None


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
    colour: Annotated[Text, AfterValidator(_colour)] = DEFAULT_COLOUR
    logo: Annotated[Text, AfterValidator(lambda path: _public_file(path, _LOGOS))] | None = None
    font: Annotated[Text, AfterValidator(lambda path: _public_file(path, (".woff2",)))] | None = (
        None
    )
    channels: Channels = Field(default_factory=Channels)
    bank_holidays: tuple[Day, ...] = ()
    partners: tuple[Partner, ...] = ()
    standards: tuple[Standard, ...] = ()
    most_wanted: tuple[Id, ...] = ()
    """The articles that the first page offers."""
    topics: Texts = ()
    """The tags that the page of topics lists; without any it lists the most used."""

    def partner(self, provider: str | None) -> Partner | None:
        """The body behind a `provider` id; None where it is this one or not known."""
        return next((partner for partner in self.partners if partner.id == provider), None)

    def provider_name(self, provider: str | None) -> str | None:
        """The name of the body behind a `provider` id; None where it is this one or not known."""
        partner = self.partner(provider)
        return partner.name if partner is not None else None

    def is_bank_holiday(self, day: date) -> bool:
        """Whether a date is one of the bank holidays listed."""
        return day in self.bank_holidays


@dataclass(frozen=True)
class AuthorityFile:
    """What the file says, what is wrong with it, and the line of each of its keys."""

    authority: Authority
    problems: list[Problem]
    lines: Mapping[str, int] = field(default_factory=dict)


def read_authority(
    data: bytes | None, folder_name: str, attachments: Container[str] = ()
) -> AuthorityFile:
    """Read the file; without a good one, the folder's name serves.

    Args:
        data: the file's bytes; None where there is no such file.
        folder_name: the content folder's own name.
        attachments: the paths that a logo and a font can be at.
    """
    reader = EntryReader(PATH)
    fallback = Authority(name=folder_name.replace("-", " ").strip() or "Knowledge base")
    if data is None:
        message = f'there is no {PATH}; add one with "name: …", the name of your council'
        reader.report(Level.WARNING, 1, message)
        return AuthorityFile(fallback, reader.problems)
    located = reader.located(data)
    if located is None:
        return AuthorityFile(fallback, reader.problems)
    authority = reader.entry(located.value or {}, Authority, located)
    if authority is None and isinstance(located.value, dict):
        faulty = {problem.message.split(":", 1)[0].split(".", 1)[0] for problem in reader.problems}
        kept = {name: value for name, value in located.value.items() if name not in faulty}
        authority = EntryReader(PATH).entry({"name": fallback.name, **kept}, Authority, located)
    lines = {str(path[0]): line for path, line in located.lines.items() if len(path) == 1}
    if authority is not None:
        authority = _with_files_that_are_there(authority, attachments, lines, reader)
        _check_colour(authority, lines, reader)
    return AuthorityFile(authority or fallback, reader.problems, lines)


def _with_files_that_are_there(
    authority: Authority, attachments: Container[str], lines: Mapping[str, int], reader: EntryReader
) -> Authority:
    gone: dict[str, None] = {}
    for name in ("logo", "font"):
        path = getattr(authority, name)
        if path is not None and path not in attachments:
            message = f'{name}: there is no file "{path}"; add it, or correct its name'
            reader.report(Level.FAULT, lines.get(name, 1), message)
            gone[name] = None
    return authority.model_copy(update=gone)


def _check_colour(authority: Authority, lines: Mapping[str, int], reader: EntryReader) -> None:
    link = light_palette(authority.colour).link
    if link != authority.colour:
        message = (
            f"colour: text in {authority.colour} cannot be read on white; links and buttons are "
            f"drawn in {link}, and only bands in {authority.colour}"
        )
        reader.report(Level.WARNING, lines.get("colour", 1), message)
