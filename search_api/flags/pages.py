"""The pages of flags: the desk's form, and the editors' queue."""

from flask import Blueprint

from search_api.flags import form, queue


def blueprint() -> Blueprint:
    """All of them."""
    pages = Blueprint("flagging", __name__)
    form.register(pages)
    queue.register(pages)
    return pages
