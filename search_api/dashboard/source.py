"""Which contacts are looked at: the real ones, or with `?data=demo` those of the demonstration."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, request
from flask.wrappers import Response

from kb.demo.store import demo_store
from kb.records.database import Database, RecordsProblem
from search_api.errors import answer
from search_api.i18n import gettext as _
from search_api.recording import recorder

DEMO = "demo"
_EXTENSION = "firstline-demo"
_PAGES = ("dashboard.", "contact_pages.")
"""Endpoints whose addresses keep it."""


class NoDemo(Exception):
    """There are no contacts of a demonstration."""


@dataclass(frozen=True)
class Source:
    """Where contacts are read."""

    store: Database
    demo: bool

    @property
    def name(self) -> str:
        """As files say it."""
        return "demonstration" if self.demo else "real"


def source() -> Source:
    """What the request asks for.

    Raises:
        NoDemo: if that is the demonstration and there is none.
    """
    if not wants_demo():
        return Source(recorder().database, demo=False)
    store: Database = current_app.extensions[_EXTENSION]
    if not store.there:
        raise NoDemo
    return Source(store, demo=True)


def wants_demo() -> bool:
    """Whether the request asks for the demonstration."""
    return request.args.get("data") == DEMO


def register(routes: Blueprint, var: Path) -> None:
    """Let an application look at the demonstration, and say it on every page that does."""

    @routes.record_once
    def add(state: Any) -> None:
        state.app.extensions[_EXTENSION] = demo_store(var)
        state.app.register_error_handler(NoDemo, _say_how)

    @routes.app_url_defaults
    def keep(endpoint: str, values: dict[str, Any]) -> None:
        """`data=None` leads back to what is real."""
        if endpoint.startswith(_PAGES) and wants_demo():
            values.setdefault("data", DEMO)

    @routes.app_context_processor
    def shown() -> dict[str, Any]:
        return {"demo": wants_demo()}

    @routes.errorhandler(RecordsProblem)
    def away(_problem: RecordsProblem) -> Response:
        return records_away()


def records_away() -> Response:
    """What a page answers while the store cannot be used."""
    return answer(
        503,
        _("The records cannot be read just now. Contacts wait on disk; please try again soon."),
    )


def _say_how(_error: NoDemo) -> Response:
    return answer(
        404, _("There is no demonstration data. An operator can make it with: kb demo contacts")
    )
