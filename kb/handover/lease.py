"""A lease: one process does something, all others wait until it ends or has died."""

from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, select, update

from kb import clock
from kb.handover.tables import leases
from kb.records.database import Database
from kb.records.upsert import insert_new


class Lease:
    """The right to do something alone, for a time."""

    def __init__(self, database: Database, name: str, lasts: timedelta) -> None:
        """It is not held yet.

        Args:
            database: the staff store, whose clients' clocks are about right.
            name: what for.
            lasts: for how long it is held without being renewed.
        """
        self._database = database
        self._name = name
        self._lasts = lasts
        self.holder: UUID = uuid4()

    def hold(self) -> bool:
        """Take or renew it; False while another has it.

        Raises:
            RecordsProblem: if the store cannot be used.
        """
        now = clock.now()
        mine = {"holder": self.holder, "until": now + self._lasts}
        free = (leases.c.holder == self.holder) | (leases.c.until <= now)
        with self._database.writing() as connection:
            connection.execute(insert_new(connection, leases), [{"name": self._name, **mine}])
            connection.execute(
                update(leases).where(leases.c.name == self._name, free).values(**mine)
            )
            holder = connection.scalar(select(leases.c.holder).where(leases.c.name == self._name))
        return holder == self.holder

    def release(self) -> None:
        """Let another have it at once.

        Raises:
            RecordsProblem: if the store cannot be used.
        """
        with self._database.writing() as connection:
            connection.execute(
                delete(leases).where(leases.c.name == self._name, leases.c.holder == self.holder)
            )
