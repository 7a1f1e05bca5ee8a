"""Taking contacts in: into the chain at once, or onto the disk until the store is back."""

from kb.contacts.chain import Chain, NoSuchContact, Taken
from kb.contacts.contact import Report
from kb.records.database import RecordsAway, WrongAddress
from kb.records.recorder import Recorder


class Intake:
    """Takes contacts in; safe to use from several threads, and beside other processes."""

    def __init__(self, chain: Chain, recorder: Recorder[Report]) -> None:
        """The recorder writes to the chain."""
        self.chain = chain
        self.recorder = recorder

    def take(self, report: Report) -> Taken | None:
        """Keep a contact or a correction for certain: when this returns it is on disk.

        Returns:
            Its place in the chain; None where it waits for the store to be back.

        Raises:
            OtherContact, NoSuchContact, Refused: if the chain will never take it.
            OSError: if neither the store nor the disk takes it.
        """
        if not self.recorder.health().problem:  # nobody waits for a store that is known to be away
            try:
                return self.chain.take_in([report])[0]
            except (RecordsAway, WrongAddress):
                pass
            except NoSuchContact:
                if not self.recorder.spool.waiting():  # what it corrects may be behind it
                    raise
        self.recorder.keep(report)
        return None
