"""`kb demo`: made-up contacts to look at the dashboard with."""

from __future__ import annotations

import click

from commands.place import Place, fail
from kb import clock
from kb.terminal import Steps, counted, out


@click.group()
def demo() -> None:
    """Made-up contacts to look at, kept apart from real ones."""


@demo.command()
@click.option(
    "--weeks", type=click.IntRange(1, 60), default=12, show_default=True, help="How long back."
)
@click.option(
    "--agents", type=click.IntRange(1, 500), default=50, show_default=True, help="How many people."
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="Another number makes other contacts."
)
@click.pass_obj
def contacts(place: Place, weeks: int, agents: int, seed: int) -> None:
    """Make a season of contacts about the content folder, up to now.

    They are kept in var/records/demo.db, in the place of those made before, and shown by the
    dashboard with ?data=demo alone.
    """
    from kb.content import ContentMissing, read_content
    from kb.crosscheck import crosscheck
    from kb.demo.scenery import scenery_of
    from kb.demo.store import demo_file, make
    from kb.records.database import RecordsProblem

    try:
        with Steps() as steps:
            content = read_content(
                place.content, progress=lambda done, total: steps("reading", done, total)
            )
            scenery = scenery_of(crosscheck(content, clock.today()))
            if not scenery.matters:
                fail(f"{place.content} has no services to be asked about; add some", 1)
            written = make(
                place.var,
                scenery,
                clock.today(),
                weeks=weeks,
                agents=agents,
                seed=seed,
                progress=lambda done, total: steps("making days", done, total),
            )
    except ContentMissing as error:
        fail(str(error))
    except (RecordsProblem, OSError) as error:
        fail(str(error), 1)
    out.print(
        f"{counted(written.contacts, 'contact')} of {counted(agents, 'agent')} and "
        f"{counted(written.entries, 'search, opening or vote', 'searches, openings and votes')} "
        f"in {demo_file(place.var)}",
        markup=False,
    )
    out.print("Look at them on the staff site: /dashboard/?data=demo")


@demo.command()
@click.pass_obj
def drop(place: Place) -> None:
    """Take the made-up contacts away."""
    from kb.demo.store import drop as drop_store

    try:
        there = drop_store(place.var)
    except OSError as error:
        fail(str(error), 1)
    out.print("The demonstration is gone." if there else "There is no demonstration.")
