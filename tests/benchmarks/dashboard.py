"""The dashboard over a season of contacts: python -m tests.benchmarks.dashboard.

Makes the demonstration's contacts and asks for each page several times, as a manager, within one
process. Both the time on the clock and that of the processor are printed.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from flask.testing import FlaskClient
from rich.console import Console
from rich.table import Table

from indexer.publish import Publisher
from kb import clock
from kb.accounts.roles import Role
from kb.content import read_content
from kb.crosscheck import crosscheck
from kb.demo.scenery import scenery_of
from kb.demo.store import make
from kb.figures.period import Period
from kb.terminal import Steps
from search_api import create_app
from tests.benchmarks.load import ROOT
from tests.search_api.signing import sign_in


def timed(client: FlaskClient, address: str, times: int) -> tuple[float, float, float]:
    """Median and longest time on the clock, and median time of the processor, in ms."""
    clocks, processors = [], []
    for _ in range(times):
        began, worked = time.perf_counter(), time.process_time()
        answer = client.get(address)
        clocks.append((time.perf_counter() - began) * 1000)
        processors.append((time.process_time() - worked) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{address} is answered with {answer.status}")
    return statistics.median(clocks), max(clocks), statistics.median(processors)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--content", type=Path, default=ROOT / "content")
    parser.add_argument("--weeks", type=int, default=12)
    parser.add_argument("--agents", type=int, default=75)
    parser.add_argument("--times", type=int, default=9)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder)
        Publisher(asked.content, var).publish()
        scenery = scenery_of(crosscheck(read_content(asked.content), clock.today()))
        began = time.perf_counter()
        with Steps() as steps:
            written = make(
                var,
                scenery,
                clock.today(),
                weeks=asked.weeks,
                agents=asked.agents,
                seed=1,
                progress=lambda done, total: steps("days", done, total),
            )
        took = time.perf_counter() - began
        print_times(var, asked.weeks, asked.times, f"{written.contacts:,} contacts ({took:.0f} s)")


def print_times(var: Path, weeks: int, times: int, title: str) -> None:
    """Ask for each page, and print how long it took."""
    client = sign_in(create_app("staff", var).test_client(), Role.MANAGER)
    period = Period.weeks_to(clock.today(), weeks)
    days = f"data=demo&from={period.first}&to={period.last}"
    service = scenery_service(client, days)
    addresses = {
        "dashboard, all of it": f"/dashboard/?{days}",
        "dashboard, 4 weeks": "/dashboard/?data=demo",
        "the path as CSV, all of it": f"/dashboard/path.csv?{days}",
        "report of the quarter": "/dashboard/report?data=demo",
        "contacts, first page": f"/contacts/?{days}",
        "contacts, page 1,000": f"/contacts/?{days}&page=1000",
        "contacts of a service, not resolved": service,
    }
    table = Table("page", "median ms", "longest ms", "processor, median ms", title=title)
    for name, address in addresses.items():
        timed(client, address, 1)
        table.add_row(name, *(f"{ms:.0f}" for ms in timed(client, address, times)))
    Console().print(table)


def scenery_service(client: FlaskClient, days: str) -> str:
    """The address of the contacts that the first step of the path would move."""
    lines = client.get(f"/dashboard/path.csv?{days}").text.splitlines()
    names, first = lines[0].split(","), lines[1].split(",")
    step = dict(zip(names, first, strict=False))
    return f"/contacts/?{days}&service={step['service']}&first=true&answer={step['article'] or '-'}"


if __name__ == "__main__":
    main()
