"""Taking flags in: into the store at once, or onto the disk until it is back."""

from functools import partial
from pathlib import Path

from pydantic import TypeAdapter

from kb.flags.flag import Flag
from kb.flags.keeping import take_in
from kb.records.database import Database, RecordsAway, WrongAddress
from kb.records.recorder import Recorder
from kb.records.spool import Spool


def spool_of_flags(var: Path) -> Spool[Flag]:
    """Where flags wait."""
    return Spool(var / "records" / "spool" / "flags", TypeAdapter(Flag))


class FlagIntake:
    """Takes flags in; safe to use from several threads, and beside other processes."""

    def __init__(self, store: Database, var: Path) -> None:
        """Nothing is opened yet.

        Args:
            store: the staff store.
            var: the folder in which flags wait for it.
        """
        self.store = store
        self.recorder = Recorder(store, spool_of_flags(var), partial(take_in, store))

    def take(self, flag: Flag) -> bool | None:
        """Keep a flag for certain: when this returns it is on disk.

        Returns:
            Whether it is new; None where it waits for the store to be back.

        Raises:
            OtherFlag, Refused: if the store will never take it.
            OSError: if neither the store nor the disk takes it.
        """
        if not self.recorder.health().problem:  # nobody waits for a store that is known to be away
            try:
                return take_in(self.store, [flag])[0]
            except (RecordsAway, WrongAddress):
                pass
        self.recorder.keep(flag)
        return None
