"""The staff desk: one screen to answer a call and hand it over from."""

from flask import Blueprint

from search_api.desk import interface, page


def blueprint() -> Blueprint:
    """The pages of the desk."""
    routes = Blueprint("desk", __name__)
    interface.register(routes)
    page.register(routes)
    return routes
