"""What each route of the staff application asks for. One that is not listed here is refused."""

from dataclasses import dataclass

from kb.accounts.roles import Permission, Scope


@dataclass(frozen=True)
class Need:
    """What somebody needs to use a route."""

    permission: Permission
    """Of a person."""
    scope: Scope | None = None
    """Of a program; None where a route is not for programs."""


_PAGE = Need(Permission.READ)
_READ = Need(Permission.READ, Scope.SEARCH)
_RECORD = Need(Permission.RECORD, Scope.CONTACTS_WRITE)
_RECORDED = Need(Permission.RECORD, Scope.CONTACTS_READ)

OPEN = frozenset(
    {
        "access.sign_in",
        "health.alive",
        "health.ready",
        "look.brand",
        "machine.robots",
        "static",
    },
)
"""Routes for everybody: they say nothing of the staff edition."""

NEEDS = {
    "access.sign_out": _PAGE,
    "api.article": _READ,
    "api.contact": _READ,
    "api.feedback": _PAGE,
    "api.places": _READ,
    "api.search_explained": _READ,
    "api.services": _READ,
    "api.suggest": _READ,
    "api_docs.page": _PAGE,
    "contact_pages.history": Need(Permission.RECORD),
    "contact_pages.listing": Need(Permission.RECORD),
    "contacts.correct": _RECORD,
    "contacts.draft": Need(Permission.RECORD),
    "contacts.drop_draft": Need(Permission.RECORD),
    "contacts.history": _RECORDED,
    "contacts.keep_draft": Need(Permission.RECORD),
    "contacts.listing": _RECORDED,
    "contacts.reasons": _RECORD,
    "contacts.record": _RECORD,
    "dashboard.dashboard": Need(Permission.MANAGE),
    "dashboard.report": Need(Permission.MANAGE),
    "dashboard.table": Need(Permission.MANAGE),
    "desk.answer": _PAGE,
    "desk.desk": _PAGE,
    "desk.correct": Need(Permission.RECORD),
    "desk.person": _PAGE,
    "desk.record": Need(Permission.RECORD),
    "desk.times": _PAGE,
    "directory.directory": _READ,
    "feedback.send": _PAGE,
    "feedback.thanks": _PAGE,
    "files.attachment": _READ,
    "flagging.form": Need(Permission.RECORD),
    "flagging.listing": Need(Permission.EDIT),
    "flagging.send": Need(Permission.RECORD),
    "flagging.settle": Need(Permission.EDIT),
    "flagging.thanks": Need(Permission.RECORD),
    "flags.raise_flag": Need(Permission.RECORD, Scope.FLAGS_WRITE),
    "machine.markdown": _READ,
    "openapi": _READ,
    "outbox.again": Need(Permission.MANAGE),
    "outbox.log": Need(Permission.MANAGE),
    "pages.a_to_z": _PAGE,
    "pages.article": _PAGE,
    "pages.home": _PAGE,
    "pages.letter": _PAGE,
    "pages.notices": _PAGE,
    "pages.places": _PAGE,
    "pages.search": _PAGE,
    "pages.standards": _PAGE,
    "pages.topic": _PAGE,
    "pages.topics": _PAGE,
    "pins.add": Need(Permission.MANAGE),
    "pins.end": Need(Permission.MANAGE),
    "pins.form": Need(Permission.MANAGE),
    "problems.problems": Need(Permission.EDIT),
    "replies.feedback": Need(Permission.EDIT),
    "replies.searches": Need(Permission.EDIT),
    "requesting.form": Need(Permission.RECORD),
    "requesting.look": Need(Permission.RECORD),
    "requesting.send": Need(Permission.RECORD),
    "requests.look": _RECORD,
    "requests.make": _RECORD,
    "surges.listing": _READ,
}
