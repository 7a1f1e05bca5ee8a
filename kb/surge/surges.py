"""What is searched for now far more than usual, counted from the staff store's searches."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, case, func, select

from kb import clock
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
    """Something that is searched for far more than usual."""

    subject: Subject
    words: str
    """What was typed most often."""
    count: int
    """Searches within the last `WINDOW`."""
    usual: float
    """The same in the same hours of the weeks before."""
    since: datetime
    """About when it began."""


SubjectOf = Callable[[str | None, str], Subject]
"""What a search is about: by its first result, None where none is to be sure of, and its words."""


def surges(database: Database, subject_of: SubjectOf, now: datetime) -> tuple[Surge, ...]:
    """What is searched for far more than usual, the most first.

    Raises:
        RecordsProblem: if the store cannot be used.
    """
    with database.reading() as connection:
        oldest = connection.scalar(select(func.min(searches.c.at)))
        weeks = [number for number in range(1, WEEKS + 1) if oldest and _ago(now, number) >= oldest]
        if not weeks:
            return ()
        present = _Counted(connection, subject_of, now - WINDOW, now)
        before = [
            _Counted(connection, subject_of, _ago(now, week), _ago(now, week) + WINDOW)
            for week in weeks
        ]
        found = []
        for subject, count in present.subjects.items():
            usually = [one.subjects[subject] for one in before]
            others = [one.total - one.subjects[subject] for one in before]
            if is_surge(count, usually, present.total - count, others):
                words = present.words[subject].most_common(1)[0][0]
                since = _since(connection, subject_of, subject, now, usual(usually))
                found.append(Surge(subject, words, count, usual(usually), since))
    return tuple(sorted(found, key=lambda one: (-one.count, one.words)))


def _ago(now: datetime, weeks: int) -> datetime:
    """When the window of some weeks before began, by the clock on the wall."""
    return (now - WINDOW).astimezone(clock.ZONE) - timedelta(weeks=weeks)


class _Counted:
    """The searches of a time, by subject."""

    def __init__(
        self, connection: Connection, subject_of: SubjectOf, since: datetime, until: datetime
    ) -> None:
        self.subjects: Counter[Subject] = Counter()
        self.words: dict[Subject, Counter[str]] = defaultdict(Counter)
        for first, words, times in _rows(connection, since, until):
            subject = subject_of(first, words)
            self.subjects[subject] += times
            self.words[subject][words] += times
        self.total = self.subjects.total()


def _rows(
    connection: Connection, since: datetime, until: datetime
) -> Iterable[tuple[str | None, str, int]]:
    """First result, words and how often, of all searches of a time."""
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


def _since(
    connection: Connection, subject_of: SubjectOf, subject: Subject, now: datetime, usually: float
) -> datetime:
    """The beginning of the first of the hours without a pause that have far more than usual."""
    hourly = TIMES * usually * (_HOUR / WINDOW)
    begun = now - _HOUR
    for back in range(2, _BACK_HOURS + 1):
        since = now - back * _HOUR
        counted = _Counted(connection, subject_of, since, since + _HOUR)
        if counted.subjects[subject] <= hourly:
            break
        begun = since
    return begun
