"""The dashboard: whether first contacts are dealt with, what stands in the way, and a report."""

from pathlib import Path

from flask import Blueprint

from kb.settings import Settings
from search_api.dashboard import files, page, report, source
from search_api.dashboard.goals import Goals


def blueprint(settings: Settings, var: Path) -> Blueprint:
    """The pages and files of the dashboard.

    Args:
        settings: what the operator has set.
        var: the folder in which the demonstration is.
    """
    routes = Blueprint("dashboard", __name__)
    goals = Goals.of(settings)
    source.register(routes, var)
    page.register(routes, goals)
    report.register(routes, goals)
    files.register(routes, goals)
    return routes
