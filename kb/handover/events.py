"""What other systems are told of."""

from enum import StrEnum


class EventType(StrEnum):
    """What happened."""

    CONTACT_RECORDED = "contact.recorded"
    CONTACT_HANDED_OVER = "contact.handed_over"
    """It was recorded, or corrected, as handed over to somebody; told besides the other."""
    CONTACT_CORRECTED = "contact.corrected"
    FLAG_RAISED = "flag.raised"
    REQUEST_MADE = "request.made"
    """Something is to be done somewhere; sent by Open311."""
