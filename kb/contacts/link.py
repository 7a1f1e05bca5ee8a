"""The links of the chain: what a row's hash is made of. docs/records.md says the same for auditors.

    digest of the texts = SHA-256(salt, line feed, JSON of the texts)
    hash of a row       = SHA-256(hash of the row before, line feed, JSON of the row)

JSON is written in one way only (RFC 8785): no blanks, names in order, UTF-8. A row is written
without its texts, their salt and its hash, and without what it does not have, so that a column that
is added later changes no hash. Salt and hashes are hexadecimal, moments UTC to the microsecond.
"""

import json
import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

GENESIS = "0" * 64
"""Stands for the hash of the row before the first."""
TEXTS = ("case", "notes", "searches")
_NOT_COVERED = {*TEXTS, "salt", "hash"}

Row = Mapping[str, Any]
"""A row of the chain, by column."""


class LinkKind(StrEnum):
    """What a row of the chain says."""

    CONTACT = "contact"
    CORRECTION = "correction"
    """A contact as it should have been recorded."""
    ERASURE = "erasure"
    """The texts of a contact were blanked, in all rows before this."""
    PURGE = "purge"
    """The rows up to some number were taken away."""


def new_salt() -> str:
    """A salt for one row."""
    return secrets.token_hex(16)


def texts_digest(row: Row) -> str:
    """The digest of a row's texts."""
    texts = {name: row[name] for name in TEXTS}
    return sha256(f"{row['salt']}\n{canonical(texts)}".encode()).hexdigest()


def link_hash(previous: str, row: Row) -> str:
    """The hash of a row, given that of the row before."""
    covered = {
        name: value for name, value in row.items() if name not in _NOT_COVERED and value is not None
    }
    return sha256(f"{previous}\n{canonical(covered)}".encode()).hexdigest()


def canonical(value: object) -> str:
    """The one way of writing a value as JSON."""
    return json.dumps(
        value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=plain
    )


def plain(value: object) -> str:
    """A moment, a day or an id as text.

    Raises:
        TypeError: if it is nothing of the kind.
    """
    match value:
        case datetime():
            return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
    raise TypeError(f"{type(value).__name__} has no place in the chain")
