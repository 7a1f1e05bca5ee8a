"""The staff desk: one screen to answer, hand over and record a call from."""

from flask import Blueprint

from search_api.desk import interface, page, record


def blueprint() -> Blueprint:
    """The pages of the desk."""
    routes = Blueprint("desk", __name__)
    interface.register(routes)
    page.register(routes)
    record.register(routes)
    return routes
