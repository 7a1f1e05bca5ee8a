"""Flags as agents raise them; `fields` are what is different."""

from typing import Any
from uuid import UUID

from kb.flags.flag import Flag

AGENT = UUID("00000000-0000-4000-8000-00000000a9e7")


def flag(kind: str = "wrong", **fields: Any) -> Flag:
    about = {} if kind == "nobody-has-written" else {"article": "missed-bin"}
    return Flag.model_validate({"account": AGENT, "kind": kind, **about, **fields})
