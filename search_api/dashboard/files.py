"""`/dashboard/<table>.csv`: each table as a file."""

from flask import Blueprint, abort, make_response
from flask.wrappers import Response

from kb.figures.overview import overview
from search_api.dashboard.asked import asked
from search_api.dashboard.drawn import Drawn
from search_api.dashboard.figures import TABLES
from search_api.dashboard.goals import Goals
from search_api.dashboard.names import Names
from search_api.dashboard.source import source
from search_api.dashboard.tables import as_csv
from search_api.reading import current


def register(routes: Blueprint, goals: Goals) -> None:
    """Add the files."""

    @routes.get("/dashboard/<table>.csv")
    def table(table: str) -> Response:
        """A table of the dashboard. Its name, and each line of it, says if it is made up."""
        if table not in TABLES:
            abort(404)
        wanted, read = asked(), source()
        found = overview(read.store, wanted.period, goals.resolution)
        with current().reading() as searcher:
            text = as_csv(TABLES[table](Drawn(found, Names.of(searcher))), read.name)
        response = make_response(text)
        response.mimetype = "text/csv"
        days = f"{wanted.period.first}-to-{wanted.period.last}"
        marked = f"{read.name}-" if read.demo else ""
        response.headers["Content-Disposition"] = (
            f'attachment; filename="{marked}{table}-{days}.csv"'
        )
        return response
