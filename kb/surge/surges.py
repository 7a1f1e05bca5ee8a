"""What is asked for now far more than usual: by searches, and by contacts.

The desk logs no search while it is typed; what agents are asked for is known from their contacts.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Column, Connection, case, func, select

from kb import clock
from kb.contacts.link import LinkKind
from kb.contacts.tables import contacts
from kb.records.database import Database
from kb.records.tables import searches
from kb.surge.rule import TIMES, is_surge, usual

WINDOW = timedelta(hours=2)
WEEKS = 6
_BACK_HOURS = 24
"""So far back is looked for its beginning."""
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Subject:
    """What a search is about: the service that answers it, or its words where nothing does."""

    service: str | None
    """An article id."""
    gist: frozenset[str] = frozenset()
    """What all wordings have in common."""


@dataclass(frozen=True)
class Surge:
    """Something that is asked for far more than usual."""

    subject: Subject
    words: str
    """In which words most often; empty where agents noted none."""
    count: int
    """Searches and contacts within the last `WINDOW`."""
    usual: float
    """The same in the same hours of the weeks before."""
    since: datetime
    """About when it began."""


SubjectOf = Callable[[str | None, str], Subject]
"""What a search is about: by its first result, None where none is to be sure of, and its words."""


def surges(database: Database, subject_of: SubjectOf, now: datetime) -> tuple[Surge, ...]:
    """What is asked for far more than usual, the most first.

    Raises:
        RecordsProblem: if the store cannot be used.
    """
    with database.reading() as connection:
        sources = [one for one in _SOURCES if _begun(connection, one) <= _ago(now, 1)]
        if not sources:
            return ()
        begun = max(_begun(connection, one) for one in sources)
        starts = [_ago(now, week) for week in range(1, WEEKS + 1) if _ago(now, week) >= begun]
        asked = _Asked(connection, sources, subject_of)
        present = asked.between(now - WINDOW, now)
        before = [asked.between(start, start + WINDOW) for start in starts]
        found = []
        for subject, count in present.subjects.items():
            usually = [one.subjects[subject] for one in before]
            others = [one.total - one.subjects[subject] for one in before]
            if is_surge(count, usually, present.total - count, others):
                words = present.words[subject].most_common(1)[0][0]
                since = _since(asked, subject, now, usual(usually))
                found.append(Surge(subject, words, count, usual(usually), since))
    return tuple(sorted(found, key=lambda one: (-one.count, one.words)))


def _ago(now: datetime, weeks: int) -> datetime:
    """When the window of some weeks before began, by the clock on the wall."""
    return (now - WINDOW).astimezone(clock.ZONE) - timedelta(weeks=weeks)


@dataclass(frozen=True)
class _Counted:
    """What was asked for in some time."""

    subjects: Counter[Subject]
    words: dict[Subject, Counter[str]]

    @property
    def total(self) -> int:
        return self.subjects.total()


@dataclass(frozen=True)
class _Asked:
    """What is asked for, by subject."""

    connection: Connection
    sources: Sequence["_Source"]
    subject_of: SubjectOf

    def between(self, since: datetime, until: datetime) -> _Counted:
        counted = _Counted(Counter(), defaultdict(Counter))
        for source in self.sources:
            for first, words, times in source.rows(self.connection, since, until):
                subject = self.subject_of(first, words)
                counted.subjects[subject] += times
                counted.words[subject][words] += times
        return counted


@dataclass(frozen=True)
class _Source:
    """One of those that know what is asked for."""

    moment: Column[datetime]
    rows: Callable[[Connection, datetime, datetime], Iterable[tuple[str | None, str, int]]]
    """What it was about, or null; in which words; and how often."""


def _begun(connection: Connection, source: _Source) -> datetime:
    """Since when a source knows; far ahead where it knows nothing."""
    return connection.scalar(select(func.min(source.moment))) or _NEVER


def _searched(
    connection: Connection, since: datetime, until: datetime
) -> Iterable[tuple[str | None, str, int]]:
    sure = (searches.c.total > 0) & searches.c.unsure.is_(False)
    first = case((sure, searches.c.results[0].as_string())).label("first")
    words = func.lower(searches.c.query).label("words")
    asked = (
        select(first, words)
        .where(searches.c.at >= since, searches.c.at < until, searches.c.query != "")
        .subquery()
    )
    statement = select(asked, func.count().label("times")).group_by(asked.c.first, asked.c.words)
    return [(row.first, row.words, row.times) for row in connection.execute(statement)]


def _contacted(
    connection: Connection, since: datetime, until: datetime
) -> Iterable[tuple[str | None, str, int]]:
    row = contacts.c
    statement = select(row.service, row.answered_by, row.searches).where(
        row.kind == LinkKind.CONTACT.value, row.started_at >= since, row.started_at < until
    )
    for found in connection.execute(statement):
        words = found.searches[-1].lower() if found.searches else ""
        about = found.service or found.answered_by
        if about or words:
            yield about, words, 1


_SOURCES = (_Source(searches.c.at, _searched), _Source(contacts.c.started_at, _contacted))
_NEVER = datetime.max.replace(tzinfo=UTC)


def _since(asked: _Asked, subject: Subject, now: datetime, usually: float) -> datetime:
    """The beginning of the first of the hours without a pause that have far more than usual."""
    hourly = TIMES * usually * (_HOUR / WINDOW)
    begun = now - _HOUR
    for back in range(2, _BACK_HOURS + 1):
        since = now - back * _HOUR
        if asked.between(since, since + _HOUR).subjects[subject] <= hourly:
            break
        begun = since
    return begun
