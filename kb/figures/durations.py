"""How long contacts took: whole seconds, and how many took each."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Durations:
    """The middle length, and the one that nine in ten kept to."""

    number: int
    """How many contacts they are of."""
    median: int
    """Seconds."""
    p90: int


def durations(lengths: Mapping[int, int]) -> Durations | None:
    """The durations of contacts; None of no contact.

    Each is the shortest length that the share of contacts, half or nine in ten, did not exceed (the
    nearest rank): always the length of a contact there was.

    Args:
        lengths: how many contacts took so many seconds.
    """
    number = sum(lengths.values())
    if not number:
        return None
    return Durations(number, _rank(lengths, -(-number // 2)), _rank(lengths, -(-number * 9 // 10)))


def _rank(lengths: Mapping[int, int], rank: int) -> int:
    """The length of the contact that comes at a rank, from 1, when sorted by length."""
    for seconds in sorted(lengths):
        rank -= lengths[seconds]
        if rank <= 0:
            return seconds
    raise AssertionError("the rank is not beyond the number of contacts")
