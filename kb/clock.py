"""What day it is where the callers are."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/London")


def now() -> datetime:
    """The present moment, local time."""
    return datetime.now(ZONE)


def today() -> date:
    """The present day, local time."""
    return now().date()
