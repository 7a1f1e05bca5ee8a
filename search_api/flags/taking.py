"""Taking flags: from whom and how many, about what, and into the store or onto the disk."""

import logging
import math
from pathlib import Path
from uuid import uuid4

from flask import Flask, current_app

from kb.flags.flag import Flag
from kb.flags.intake import FlagIntake
from kb.flags.keeping import OtherFlag
from kb.records.database import Database
from search_api.access import account
from search_api.errors import NotTaken
from search_api.flags.said import FlagBody
from search_api.i18n import gettext as _
from search_api.rate import RateLimit
from search_api.reading import reading

EACH = (30, 5.0)
"""What one account may raise: so many at once, and one more every so many seconds."""

_EXTENSION = "firstline-flags"
_LIMIT = "firstline-flags-limit"
_LOG = logging.getLogger(__name__)


def register(app: Flask, store: Database, var: Path) -> FlagIntake:
    """Let an application take flags in.

    Args:
        app: the staff application.
        store: the staff store.
        var: the folder in which flags wait for it.
    """
    found = FlagIntake(store, var)
    app.extensions[_EXTENSION] = found
    app.extensions[_LIMIT] = RateLimit(*EACH)
    return found


def intake() -> FlagIntake:
    """What this application takes flags in with."""
    found: FlagIntake = current_app.extensions[_EXTENSION]
    return found


def take(said: FlagBody) -> tuple[Flag, bool | None]:
    """Keep a flag of whoever sent it; when this returns it is in the store or on disk.

    Returns:
        The flag, and whether it is new; None where it waits for the store to be back.

    Raises:
        NotTaken: if there is no such article, it is too much at once, its id stands for another,
            or neither the store nor the disk takes it.
    """
    wait = current_app.extensions[_LIMIT].wait(str(account().id))
    if wait:
        detail = _("There are too many flags at once. Please wait a little, and send it again.")
        raise NotTaken(429, detail, math.ceil(wait))
    with reading() as searcher:
        if said.article is not None and said.article not in searcher.generation.store.rows:
            raise NotTaken(404, _("There is no such article here."))
    flag = Flag(
        id=said.id or uuid4(),
        account=account().id,
        kind=said.kind,
        article=said.article,
        query=said.query,
        trail=tuple(filter(str.strip, said.trail)),
        comment=said.comment,
    )
    try:
        return flag, intake().take(flag)
    except OtherFlag as error:
        raise NotTaken(409, _("This id stands for another flag already.")) from error
    except OSError as error:
        _LOG.error("a flag cannot be kept: %s", error)
        raise NotTaken(503, _("It cannot be kept just now. Please send it again."), 60) from error
