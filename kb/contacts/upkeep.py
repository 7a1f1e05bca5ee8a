"""What is done with contacts once a day: purge, thin the seals, forget old drafts."""

import logging
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from filelock import Timeout

from kb import clock
from kb.contacts.audit import Broken
from kb.contacts.chain import Chain
from kb.contacts.drafts import Drafts
from kb.contacts.retention import Purged, purge

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class ContactsUpkeep:
    """The contacts of the staff store, and how long they are kept."""

    chain: Chain
    drafts: Drafts
    keep_days: int

    def purge(self, today: date, *, broken: bool = False) -> Purged:
        """Take away what is older than it is to be kept.

        Args:
            today: local time.
            broken: what cannot be verified as well.

        Raises:
            Broken: if what would go is not as it was written.
            RecordsAway, WrongAddress: if the store cannot be used now.
            OSError: if seals cannot be read.
        """
        end = datetime.combine(today - timedelta(days=self.keep_days), time(), clock.ZONE)
        return purge(self.chain, end, broken=broken)

    def tidy(self) -> None:
        """Thin the seals, and remove drafts of long ago.

        Raises:
            OSError, Timeout: if they cannot be written.
        """
        self.chain.seals.thin()
        self.drafts.expire()

    def daily(self, today: date) -> None:
        """Do both, for a server: what stands in the way is logged, and tried again tomorrow.

        Raises:
            RecordsAway, WrongAddress: if the store cannot be used now.
        """
        try:
            self.purge(today)
        except Broken as broken:
            _LOG.error("contacts are not purged, as their chain is broken: %s", broken)
        except OSError as error:
            _LOG.error("contacts are not purged, as the seals cannot be read: %s", error)
        try:
            self.tidy()
        except (OSError, Timeout) as error:
            _LOG.error("seals and drafts of contacts are not tidied: %s", error)
