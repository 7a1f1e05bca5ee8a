"""`/dashboard/`: how a period went, the headline first."""

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.wrappers import Response

from kb import clock
from kb.figures.overview import Overview, overview
from kb.figures.period import Quarter
from search_api.dashboard import charts
from search_api.dashboard.asked import Asked, NoPeriod, asked
from search_api.dashboard.drawn import Drawn
from search_api.dashboard.figures import TABLES
from search_api.dashboard.goals import Goals
from search_api.dashboard.headline import headline
from search_api.dashboard.names import Names
from search_api.dashboard.numbers import say_interval, say_number, say_seconds, say_share
from search_api.dashboard.shapes import Bars
from search_api.dashboard.source import source
from search_api.errors import answer
from search_api.reading import current

STEPS = 10
"""Of the path that are drawn; the table has more."""
ROWS = 40
"""Of a table on the page; the file has all."""


@dataclass(frozen=True)
class Choice:
    """A period to choose."""

    label: str
    arguments: dict[str, str]
    is_current: bool


def register(routes: Blueprint, goals: Goals) -> None:
    """Add the page."""

    @routes.get("/dashboard/")
    def dashboard() -> str:
        """The figures of a period."""
        wanted = asked()
        found = overview(source().store, wanted.period, goals.resolution)
        with current().reading() as searcher:
            drawn = Drawn(found, Names.of(searcher), ROWS)
            return render_template(
                "dashboard/dashboard.html",
                asked=wanted,
                quarters=quarters(wanted),
                found=found,
                contacts=found.contacts,
                goals=goals,
                head=headline(found, goals.resolution),
                weeks=charts.weeks(drawn, goals.resolution),
                groups=groups(drawn, goals),
                reasons=charts.reasons(drawn, goals.avoidance),
                path=charts.path(drawn, steps_shown(found)),
                tables={name: table(drawn) for name, table in TABLES.items()},
                say=Saying,
            )

    @routes.errorhandler(NoPeriod)
    def no_period(error: NoPeriod) -> Response:
        return answer(400, str(error))


class Saying:
    """How templates say numbers."""

    number = staticmethod(say_number)
    share = staticmethod(say_share)
    interval = staticmethod(say_interval)
    seconds = staticmethod(say_seconds)


def groups(drawn: Drawn, goals: Goals) -> list[Bars]:
    """The charts of first-contact resolution by what contacts have in common, and of outcomes."""
    drawers = (charts.services, charts.teams, charts.channels)
    return [*(drawer(drawn, goals.resolution) for drawer in drawers), charts.became(drawn)]


def steps_shown(found: Overview) -> int:
    """How many steps of the path are drawn: those to the goal, and a few more."""
    return min(STEPS, max(5, found.path.enough or STEPS))


def quarters(wanted: Asked) -> list[Choice]:
    """This quarter and those before."""
    choices: list[Choice] = []
    quarter = Quarter.of(clock.today())
    for _number in range(4):
        period = quarter.period
        shown = Asked(period, {"quarter": str(quarter)}, quarter)
        choices.append(Choice(shown.label, shown.arguments, quarter == wanted.quarter))
        quarter = quarter.before
    return choices
