"""`/dashboard/report`: a quarter on one sheet of A4."""

from flask import Blueprint, render_template, request

from kb import clock
from kb.figures.overview import overview
from kb.figures.period import Quarter
from search_api.dashboard import charts
from search_api.dashboard.asked import asked_quarter
from search_api.dashboard.drawn import Drawn
from search_api.dashboard.figures import TABLES
from search_api.dashboard.goals import Goals
from search_api.dashboard.headline import headline
from search_api.dashboard.names import Names
from search_api.dashboard.page import Saying, quarters
from search_api.dashboard.source import source
from search_api.reading import current
from search_api.times import say_date

LINES = 5
"""Services, and steps of the path, on the sheet."""
PLOT = 90
"""Height of the weeks, in pixels."""


def register(routes: Blueprint, goals: Goals) -> None:
    """Add the page."""

    @routes.get("/dashboard/report")
    def report() -> str:
        """The report of a quarter; by default of the last that has ended."""
        last = str(Quarter.of(clock.today()).before)
        wanted = asked_quarter(request.args.get("quarter") or last)
        found = overview(source().store, wanted.period, goals.resolution)
        with current().reading() as searcher:
            drawn = Drawn(found, Names.of(searcher), LINES + 1)
            return render_template(
                "dashboard/report.html",
                asked=wanted,
                quarters=quarters(wanted),
                found=found,
                contacts=found.contacts,
                goals=goals,
                head=headline(found, goals.resolution),
                weeks=charts.weeks(drawn, goals.resolution, PLOT),
                tables={name: table(drawn) for name, table in TABLES.items()},
                lines=LINES,
                unfinished=wanted.period.last >= clock.today(),
                today=say_date(clock.today()),
                say=Saying,
            )
