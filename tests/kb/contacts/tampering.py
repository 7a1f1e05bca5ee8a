"""What somebody can do to the chain who may write to the database: each once, at random."""

import random
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select, update

from kb.contacts.link import link_hash, texts_digest
from kb.contacts.tables import contact_days, contacts

_KEEP_NAMES = ("seq", "hash", "texts")


class Tamperer:
    """Does one thing at random to a chain, and says what."""

    def __init__(self, connection: Connection, seed: int) -> None:
        self._connection = connection
        self._random = random.Random(seed)
        self._rows = [
            row._asdict() for row in connection.execute(select(contacts).order_by(contacts.c.seq))
        ]

    def act(self) -> str:
        acts = (
            [self.edit] * 8
            + [self.delete, self.truncate, self.swap, self.swap_values, self.insert] * 2
            + [self.rewrite, self.renumber, self.cut_the_beginning, self.edit_the_days]
        )
        return self._random.choice(acts)()

    def edit(self) -> str:
        row = self._random.choice(self._rows)
        column = self._random.choice([column.name for column in contacts.c])
        value = self._other(column, row[column])
        self._set(row["seq"], {column: value})
        return f"edit {column} of row {row['seq']}: {row[column]!r} -> {value!r}"

    def delete(self) -> str:
        gone = self._random.sample([row["seq"] for row in self._rows], self._random.randint(1, 3))
        self._connection.execute(delete(contacts).where(contacts.c.seq.in_(gone)))
        return f"delete rows {gone}"

    def truncate(self) -> str:
        at = self._random.choice(self._rows)["seq"]
        self._connection.execute(delete(contacts).where(contacts.c.seq >= at))
        return f"cut the end from row {at}"

    def cut_the_beginning(self) -> str:
        at = self._random.choice(self._rows)["seq"]
        self._connection.execute(delete(contacts).where(contacts.c.seq <= at))
        return f"cut the beginning to row {at}"

    def swap(self) -> str:
        one, two = self._random.sample([row["seq"] for row in self._rows], 2)
        self._set(one, {"seq": 0})
        self._set(two, {"seq": one})
        self._set(0, {"seq": two})
        return f"swap rows {one} and {two}"

    def swap_values(self) -> str:
        column = self._random.choice(["outcome", "first", "notes", "hash", "at", "contact", "salt"])
        for _ in range(1000):
            one, two = self._random.sample(self._rows, 2)
            if one[column] != two[column]:
                break
        self._set(one["seq"], {column: two[column]})
        self._set(two["seq"], {column: one[column]})
        return f"swap {column} of rows {one['seq']} and {two['seq']}"

    def insert(self) -> str:
        """A copy of a row under another id, at the end."""
        row = self._random.choice(self._rows)
        last = self._rows[-1]["seq"]
        copy = {**row, "id": self._id(), "seq": last + 1}
        self._connection.execute(insert(contacts), [copy])
        return f"insert a copy of row {row['seq']} as {copy['seq']}"

    def rewrite(self) -> str:
        """Change a contact, and make its digest and all hashes after it anew."""
        at = self._random.choice([n for n, row in enumerate(self._rows) if row["salt"]])
        changed = {**self._rows[at], "outcome": "resolved!", "notes": "never happened"}
        changed["texts"] = texts_digest(changed)
        self._hash_anew([*self._rows[:at], changed, *self._rows[at + 1 :]], at)
        return f"change row {changed['seq']} and make the hashes after it anew"

    def renumber(self) -> str:
        """Take a row out, close the gap and make all hashes after it anew."""
        at = self._random.randrange(1, len(self._rows) - 1)
        gone = self._rows[at]["seq"]
        self._connection.execute(delete(contacts).where(contacts.c.seq == gone))
        moved = [{**row, "seq": row["seq"] - 1} for row in self._rows[at + 1 :]]
        self._hash_anew([*self._rows[:at], *moved], at)
        return f"take row {gone} out and close the gap"

    def edit_the_days(self) -> str:
        kinds = self._connection.execute(select(contact_days)).all()
        kind = self._random.choice(kinds)
        where = (contact_days.c.day == kind.day, contact_days.c.outcome == kind.outcome)
        if self._random.random() < 0.5:
            self._connection.execute(delete(contact_days).where(*where))
            return f"delete {kind}"
        self._connection.execute(
            update(contact_days).where(*where).values(contacts=contact_days.c.contacts + 1)
        )
        return f"count one more in {kind}"

    def _hash_anew(self, rows: list[dict[str, Any]], at: int) -> None:
        previous = rows[at - 1]["hash"] if at else self._before()
        for row in rows[at:]:
            row = {**row, "hash": None}
            row["hash"] = previous = link_hash(previous, row)
            self._connection.execute(delete(contacts).where(contacts.c.id == row["id"]))
            self._connection.execute(insert(contacts), [row])

    def _before(self) -> str:
        purges = [row["purged_hash"] for row in self._rows if row["purged_hash"]]
        return purges[-1]

    def _set(self, seq: int, values: dict[str, Any]) -> None:
        self._connection.execute(update(contacts).where(contacts.c.seq == seq).values(values))

    def _id(self) -> UUID:
        return UUID(int=self._random.getrandbits(128))

    def _other(self, column: str, value: Any) -> Any:
        """Another value that the column takes."""
        nullable = contacts.c[column].nullable
        others = [row[column] for row in self._rows if row[column] != value]
        if column in ("seq", "id"):
            others = []
        if not nullable:
            others = [other for other in others if other is not None]
        if others and self._random.random() < 0.5:
            return self._random.choice(others)
        match value:
            case bool():
                return not value
            case int():
                return self._rows[-1]["seq"] + 1 + self._random.randrange(5)
            case datetime():
                return value + timedelta(microseconds=self._random.choice([-1, 1, 10**9]))
            case UUID():
                return self._id()
            case str():
                return f"{value[:-1]}{'0' if value.endswith('1') else '1'}"
            case list():
                return [*value, "more"] if self._random.random() < 0.5 or not value else value[1:]
        return self._something(column)

    def _something(self, column: str) -> Any:
        """A value for a column that has none."""
        known = [row[column] for row in self._rows if row[column] is not None]
        return self._random.choice(known) if known else "0" * 10
