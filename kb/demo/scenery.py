"""What made-up callers ask about: the services and articles of the content folder, as it stands."""

from dataclasses import dataclass

from kb.article import Edition, Kind
from kb.authority import Authority
from kb.crosscheck import Checked

_ELSEWHERE = "elsewhere"
"""Whom a matter is handed to where the content names nobody."""


@dataclass(frozen=True)
class Topic:
    """An article, and how people ask for it."""

    article: str
    wordings: tuple[str, ...]


@dataclass(frozen=True)
class Matter:
    """A service, and what there is to know about it."""

    service: str
    topics: tuple[Topic, ...]
    """The service itself first."""
    handed_to: str
    """Who sees to it, by id."""


@dataclass(frozen=True)
class Scenery:
    """The council as its content tells it."""

    authority: Authority
    matters: tuple[Matter, ...]
    """Those that the first page offers come first."""
    teams: tuple[str, ...]
    """Of the directory, by id; the first in it first."""


def scenery_of(checked: Checked) -> Scenery:
    """Read it off a checked content folder; there are no matters where it has no service."""
    drafts = checked.admitted(Edition.STAFF)
    english = [draft for draft in drafts.values() if draft.language == "en"]
    topics: dict[str, list[Topic]] = {}
    for draft in english:
        service = draft.id if draft.kind is Kind.SERVICE else draft.front.service
        if service is not None:
            topic = Topic(draft.id, (draft.front.title, *draft.front.questions))
            topics.setdefault(service, []).append(topic)
    content = checked.content
    wanted = {id_: place for place, id_ in enumerate(content.authority.most_wanted)}
    services = [draft for draft in english if draft.kind is Kind.SERVICE]
    services.sort(key=lambda draft: (wanted.get(draft.id, len(wanted)), draft.id))
    return Scenery(
        authority=content.authority,
        matters=tuple(
            Matter(
                draft.id,
                tuple(
                    sorted(topics[draft.id], key=lambda one: (one.article != draft.id, one.article))
                ),
                draft.front.owner or _ELSEWHERE,
            )
            for draft in services
        ),
        teams=tuple(one.id for one in content.directory if one.role == "Team"),
    )
