"""`authority.yml`: whose knowledge base this is, how to reach it, and its partners."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
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
    working_days: Annotated[int, Field(strict=True, ge=1, le=366)] | None = None
    """By when, where a date is to be named to people."""


class AvoidableReason(Entry):
    """Why a contact with the council need not have been."""

    id: Id
    label: Text


def _told_apart(reasons: tuple[AvoidableReason, ...]) -> tuple[AvoidableReason, ...]:
    ids = [reason.id for reason in reasons]
    twice = next((id_ for id_ in ids if ids.count(id_) > 1), None)
    if twice is not None:
        raise ValueError(f'the id "{twice}" stands here twice; give each reason one of its own')
    return reasons


# After the reasons of the former national indicator 14 (Avoidable contact, 2008 to 2010).
_AVOIDABLE = tuple(
    AvoidableReason(id=id_, label=label)
    for id_, label in (
        ("unnecessary-clarification", "Had to ask what we meant"),
        ("poor-signposting", "Was sent to the wrong place"),
        ("repeated-notification", "Had to tell us again"),
        ("progress-chasing", "Asked what became of it"),
        ("closed-too-soon", "We had closed it too soon"),
    )
)


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
    avoidable: Annotated[tuple[AvoidableReason, ...], AfterValidator(_told_apart)] = _AVOIDABLE
    """What agents choose from; none in the public edition."""

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

    def working_day_after(self, day: date, days: int) -> date:
        """The date so many working days after one: Monday to Friday, but for bank holidays."""
        while days:
            day += timedelta(days=1)
            days -= day.weekday() < 5 and not self.is_bank_holiday(day)
        return day

    def promised_by(self, standard: str, day: date) -> date | None:
        """By when a standard promises an answer to what comes in on a day; None where none does."""
        wanted = standard.casefold()
        found = (one for one in self.standards if one.name.casefold() == wanted)
        days = next((one.working_days for one in found if one.working_days), None)
        return self.working_day_after(day, days) if days else None


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
