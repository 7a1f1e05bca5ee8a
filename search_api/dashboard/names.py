"""The names behind the ids that contacts are recorded with."""

from dataclasses import dataclass, field

from indexer.search import Searcher
from kb.contacts.contact import Channel, Outcome
from search_api import i18n
from search_api.i18n import gettext as _


@dataclass(frozen=True)
class Name:
    """A name, and the language that it is in."""

    text: str
    language: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Names:
    """Names by id; an id that nobody knows any more stands for itself."""

    searcher: Searcher
    """Of the generation that is open while they are asked for."""
    _people: dict[str, str] = field(default_factory=dict)
    _reasons: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, searcher: Searcher) -> "Names":
        """Those of a generation."""
        setting = searcher.generation.setting
        people = {partner.id: partner.name for partner in setting.authority.partners}
        people |= {one.id: one.name for one in setting.directory}
        reasons = {reason.id: reason.label for reason in setting.authority.avoidable}
        return cls(searcher, people, reasons)

    def article(self, id_: str) -> Name:
        """An article's title, in the language of the page where it has it."""
        rows = self.searcher.generation.store.rows
        row = rows.get(f"{id_}.{i18n.wanted()}") or rows.get(id_)
        return Name(row.title, row.language) if row is not None else _as_written(id_)

    def service(self, id_: str | None) -> Name:
        """A service's title; "No service" of none."""
        return self.article(id_) if id_ is not None else said(_("No service"))

    def team(self, id_: str | None) -> Name:
        """A team's name; "No team" of none."""
        return self.person(id_) if id_ is not None else said(_("No team"))

    def person(self, id_: str) -> Name:
        """A team, a person or a partner."""
        return _as_written(self._people.get(id_, id_))

    def reason(self, id_: str) -> Name:
        """Why a contact need not have been."""
        return _as_written(self._reasons.get(id_, id_))

    def channel(self, id_: str | None) -> Name:
        """How callers came."""
        return said(channels().get(id_ or "", id_ or ""))

    def outcome(self, id_: str | None) -> Name:
        """How contacts ended."""
        return said(outcomes().get(id_ or "", id_ or ""))


def said(text: str) -> Name:
    """What the interface says, in its language."""
    return Name(text, i18n.interface())


def _as_written(text: str) -> Name:
    """What stands in the content, whose files are in English."""
    return Name(text, "en")


def channels() -> dict[str, str]:
    """How callers come, by id."""
    return {
        Channel.TELEPHONE.value: _("Telephone"),
        Channel.IN_PERSON.value: _("In person"),
        Channel.EMAIL.value: _("E-mail"),
        Channel.TEXT.value: _("Text message"),
        Channel.WEB_CHAT.value: _("Web chat"),
        Channel.LETTER.value: _("Letter"),
    }


def outcomes() -> dict[str, str]:
    """How contacts end, by id."""
    return {
        Outcome.RESOLVED.value: _("Resolved"),
        Outcome.RESOLVED_WITH_HELP.value: _("Resolved with help online"),
        Outcome.HANDED_OVER.value: _("Handed over"),
        Outcome.CALL_BACK.value: _("Call back promised"),
        Outcome.ABANDONED.value: _("Abandoned"),
    }
