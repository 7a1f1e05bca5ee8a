"""Taking feedback: from where and how often, about what, and onto the disk before it is thanked."""

import logging
import math
from collections.abc import Collection

from flask import request

from indexer.search import Searcher
from kb import clock
from kb.records.entries import Feedback, Surface
from search_api.cors import from_elsewhere
from search_api.errors import NotTaken
from search_api.feedback.said import FeedbackBody
from search_api.i18n import gettext as _
from search_api.rate import RateLimit, client_key
from search_api.reading import current, reading
from search_api.recording import recorder

MAX_BODY = 64 * 1024
"""Bytes: 4,000 signs are fewer, however they are escaped."""

EACH = (10, 30.0)
"""What one address may send: so many at once, and one more every so many seconds."""
ALL = (200, 0.5)
"""What all may send together."""

_LOG = logging.getLogger(__name__)


class Gate:
    """Lets feedback in, from our own pages, listed origins and programs, and not too much of it."""

    def __init__(self, origins: Collection[str]) -> None:
        """`origins` are those of other sites that may send it."""
        self._origins = origins
        self._each = RateLimit(*EACH)
        self._all = RateLimit(*ALL)

    def check(self) -> None:
        """Let the request in.

        Raises:
            NotTaken: if it is not let in.
        """
        if from_elsewhere(self._origins):
            raise NotTaken(403, _("Feedback cannot be sent from other sites. Send it from here."))
        wait = self._each.wait(client_key(request.remote_addr)) or self._all.wait()
        if wait:
            said = _("There is too much feedback at once. Please wait a little, and send it again.")
            raise NotTaken(429, said, math.ceil(wait))


def take(said: FeedbackBody, surface: Surface) -> Feedback:
    """Keep feedback; when this returns it is on disk.

    Raises:
        NotTaken: if there is no such article, or the disk does not take it.
        NotPublished, GenerationGone: where there is no edition.
    """
    with reading() as searcher:
        entry = _entry(said, surface, searcher)
    try:
        recorder().keep(entry)
    except OSError as error:
        _LOG.error("feedback cannot be kept: %s", error)
        detail = _("Your feedback cannot be kept just now. Please send it again later.")
        raise NotTaken(503, detail, 60) from error
    return entry


def _entry(said: FeedbackBody, surface: Surface, searcher: Searcher) -> Feedback:
    generation = searcher.generation
    rows = generation.store.rows
    row = rows.get(f"{said.article}.{said.lang}") or rows.get(said.article or "")
    if said.article is not None and (row is None or row.id != said.article):
        raise NotTaken(404, _("There is no such article here."))
    # The standard for a kind of feedback is named by its plural, as in "Complaints".
    standard = f"{said.kind}s"
    return Feedback(
        edition=current().edition,
        generation=generation.name,
        surface=surface,
        language=said.lang,
        query=said.query,
        kind=said.kind,
        article=said.article,
        version=row.fingerprint if row else None,
        answered=said.answered,
        score=said.score,
        reason=said.reason,
        comment=said.comment,
        reply_by=generation.setting.authority.promised_by(standard, clock.today()),
    )
