"""What drafts can see of each other, and all that follows from it.

An edit mostly changes a draft's own text. As long as its outline stays what it was, nothing changes
for any other draft.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple, Self

from kb.article import Audience, Edition, Kind
from kb.authority import Authority
from kb.directory import DirectoryEntry
from kb.source import Draft


class Outline(NamedTuple):
    """What others can see of a draft."""

    id: str
    language: str
    kind: Kind
    audience: Audience
    number: str | None
    from_: date | None
    until: date | None
    public_until: date | None
    """The review date, where the public edition withdraws the article after it."""
    tags: tuple[str, ...]
    """In lower case."""

    @classmethod
    def of(cls, draft: Draft) -> Self:
        """The outline of a draft."""
        front = draft.front
        return cls(
            id=draft.id,
            language=draft.language,
            kind=draft.kind,
            audience=front.audience,
            number=front.number,
            from_=front.from_,
            until=front.until,
            public_until=front.review_by if front.after_review == "withdraw" else None,
            tags=tuple(tag.casefold() for tag in front.tags),
        )

    @property
    def key(self) -> str:
        """Its name in an edition: the id, with the language behind it in a translation."""
        return self.id if self.language == "en" else f"{self.id}.{self.language}"

    @property
    def is_never(self) -> bool:
        """Whether there is no day on which it stands."""
        return bool(self.from_ and self.until and self.from_ > self.until)

    def stands_in(self, edition: Edition, day: date) -> bool:
        """Whether an edition admits it on a day."""
        if not edition.admits(self.audience):
            return False
        if (self.from_ and day < self.from_) or (self.until and day > self.until):
            return False
        return not (edition is Edition.PUBLIC and self.public_until and self.public_until < day)


@dataclass(frozen=True)
class Surroundings:
    """All that any draft is checked against."""

    today: date
    outlines: Mapping[str, Outline]
    """By path."""
    attachments: frozenset[str]
    authority: Authority
    directory: tuple[DirectoryEntry, ...]

    @cached_property
    def sharing(self) -> Mapping[str, tuple[str, ...]]:
        """By path, where an id and language stand in several files: the other ones."""
        named: dict[tuple[str, str], list[str]] = defaultdict(list)
        for path, outline in self.outlines.items():
            named[outline[:2]].append(path)
        several = [paths for paths in named.values() if len(paths) > 1]
        return {
            path: tuple(other for other in paths if other != path)
            for paths in several
            for path in paths
        }

    @cached_property
    def originals(self) -> frozenset[str]:
        """The ids that something in English has, be it published or not."""
        return frozenset(one.id for one in self.outlines.values() if one.language == "en")

    @cached_property
    def good(self) -> Mapping[str, Outline]:
        """The outlines of what may be published, by path."""
        return {
            path: one
            for path, one in self.outlines.items()
            if one.id in self.originals and path not in self.sharing and not one.is_never
        }

    @cached_property
    def kinds(self) -> Mapping[str, Kind]:
        """The kind of each article, by id."""
        return {one.id: one.kind for one in self.good.values() if one.language == "en"}

    @cached_property
    def numbered(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """By number: the id and path of each article that has it."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for path, one in self.good.items():
            if one.number:
                found[one.number].append((one.id, path))
        return {number: tuple(having) for number, having in found.items()}

    @cached_property
    def admitted(self) -> Mapping[Edition, Mapping[str, str]]:
        """What each edition holds today: the path of each article, by key."""
        return {edition: self._admitted(edition) for edition in Edition}

    def _admitted(self, edition: Edition) -> dict[str, str]:
        standing = {
            path: one for path, one in self.good.items() if one.stands_in(edition, self.today)
        }
        ids = {one.id for one in standing.values() if one.language == "en"}
        return {one.key: path for path, one in standing.items() if one.id in ids}

    @cached_property
    def targets(self) -> Mapping[Edition, frozenset[str]]:
        """What can be pointed to in each edition: keys of articles, and paths of attachments."""
        return {
            edition: frozenset(self.admitted[edition]) | attachments_in(self.attachments, edition)
            for edition in Edition
        }

    @cached_property
    def tags(self) -> Mapping[Edition, frozenset[str]]:
        """The tags of the articles of each edition, in lower case."""
        return {
            edition: frozenset(tag for path in paths.values() for tag in self.outlines[path].tags)
            for edition, paths in self.admitted.items()
        }

    @cached_property
    def people(self) -> frozenset[str]:
        """The ids of the directory."""
        return frozenset(entry.id for entry in self.directory)

    @cached_property
    def bodies(self) -> frozenset[str | None]:
        """The ids of this authority and its partners."""
        return frozenset({self.authority.id, *(one.id for one in self.authority.partners)})


def attachments_in(paths: frozenset[str], edition: Edition) -> frozenset[str]:
    """Those attachments that an edition has, of paths as `files/public/form.pdf`."""
    if edition is Edition.STAFF:
        return paths
    return frozenset(path for path in paths if path.startswith("files/public/"))
