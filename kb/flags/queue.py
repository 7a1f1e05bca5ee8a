"""The editors' queue: flags by the article they are about, or by the words where there is none."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import ValidationError
from sqlalchemy import ColumnElement, Connection, func, select

from kb.flags.flag import Flag, FlagKind, FlagState
from kb.flags.keeping import flag_of
from kb.flags.tables import flag_decisions, flags
from kb.records.database import Database
from kb.records.tables import accounts

NEWEST = 2000
"""So many flags in one state are looked at, the newest."""


class Order(StrEnum):
    """Which group comes first."""

    FREQUENT = "frequent"
    NEWEST = "newest"


@dataclass(frozen=True)
class Wanted:
    """Which flags are looked for."""

    state: FlagState = FlagState.OPEN
    kind: FlagKind | None = None
    order: Order = Order.FREQUENT


@dataclass(frozen=True)
class Decision:
    """What an editor decided on a flag."""

    at: datetime
    who: str
    """The name of the account; empty where it is no more."""
    state: FlagState
    note: str


@dataclass(frozen=True)
class Raised:
    """A flag in the queue."""

    seq: int
    flag: Flag
    who: str
    decisions: tuple[Decision, ...]
    """Oldest first."""


@dataclass(frozen=True)
class Group:
    """Flags about one thing, newest first."""

    article: str | None
    flags: tuple[Raised, ...]

    @property
    def words(self) -> str:
        """As they were last searched for, where it is about no article."""
        return self.flags[0].flag.query

    @property
    def kinds(self) -> list[tuple[FlagKind, int]]:
        """How often each was said, most frequent first."""
        return Counter(one.flag.kind for one in self.flags).most_common()


def queue(
    database: Database, wanted: Wanted, same: Callable[[str], object] = str.casefold
) -> tuple[Group, ...]:
    """The flags that are wanted, in groups.

    Args:
        database: the staff store.
        wanted: which.
        same: what two wordings have in common that are about one thing.

    Raises:
        RecordsProblem: if the store cannot be used.
    """
    with database.reading() as connection:
        found = _raised(connection, wanted)
    groups: dict[object, list[Raised]] = {}
    for one in found:
        key = one.flag.article or ("words", same(one.flag.query))
        groups.setdefault(key, []).append(one)
    listed = [Group(some[0].flag.article, tuple(some)) for some in groups.values()]
    if wanted.order is Order.FREQUENT:
        listed.sort(key=lambda group: -len(group.flags))  # stable: the newest first among equals
    return tuple(listed)


def count_open(database: Database) -> int:
    """How many flags are open.

    Raises:
        RecordsProblem: if the store cannot be used.
    """
    with database.reading() as connection:
        statement = select(func.count()).select_from(flags).where(_stands(FlagState.OPEN))
        return connection.scalar(statement) or 0


def _raised(connection: Connection, wanted: Wanted) -> list[Raised]:
    statement = (
        select(flags, accounts.c.name)
        .outerjoin(accounts, accounts.c.id == flags.c.account)
        .where(_stands(wanted.state))
        .order_by(flags.c.seq.desc())
        .limit(NEWEST)
    )
    if wanted.kind is not None:
        statement = statement.where(flags.c.kind == wanted.kind.value)
    found = connection.execute(statement).all()
    decisions = _decisions(connection, [row.seq for row in found])
    raised = []
    for row in found:
        try:
            flag = flag_of(row)
        except ValidationError:  # somebody else wrote it
            continue
        raised.append(Raised(row.seq, flag, row.name or "", tuple(decisions.get(row.seq, ()))))
    return raised


def _stands(state: FlagState) -> ColumnElement[bool]:
    """Whether a flag is in a state."""
    last = (
        select(flag_decisions.c.state)
        .where(flag_decisions.c.flag == flags.c.seq)
        .order_by(flag_decisions.c.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(last, FlagState.OPEN.value) == state.value


def _decisions(connection: Connection, numbers: list[int]) -> dict[int, list[Decision]]:
    statement = (
        select(flag_decisions, accounts.c.name)
        .outerjoin(accounts, accounts.c.id == flag_decisions.c.account)
        .where(flag_decisions.c.flag.in_(numbers))
        .order_by(flag_decisions.c.seq)
    )
    found: dict[int, list[Decision]] = {}
    for row in connection.execute(statement):
        decision = Decision(row.at, row.name or "", FlagState(row.state), row.note)
        found.setdefault(row.flag, []).append(decision)
    return found
