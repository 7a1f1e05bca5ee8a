"""`kb outbox`: what other systems are told, and whether they took it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from commands.place import Place, fail
from commands.store import staff_store
from kb import clock
from kb.terminal import counted, err, out

if TYPE_CHECKING:
    from kb.handover.log import TargetStatus


@click.group()
def outbox() -> None:
    """What other systems are told, and whether they took it."""


@outbox.command()
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.pass_obj
def status(place: Place, as_json: bool) -> None:
    """Say what receivers have taken, what waits, what was given up.

    Exits with 1 if something was given up.
    """
    from kb.handover.log import statuses
    from kb.handover.targets import targets_of

    with staff_store(place) as store:
        found = statuses(store, [target.name for target in targets_of(place.settings)])
    if as_json:
        figures = {one.name: {**asdict(one), "name": None} for one in found}
        for figure in figures.values():
            del figure["name"]
        click.echo(json.dumps(figures, ensure_ascii=False, indent=2, default=str))
    else:
        for one in found:
            out.print(f"{one.name}: {_said(one)}", markup=False)
        if not found:
            err.print("Nobody is told of anything: set up a web hook in kb.toml.")
    if any(one.given_up for one in found):
        raise SystemExit(1)


@outbox.command()
@click.argument("event", type=int, required=False)
@click.option("--target", help="Of one receiver alone, by its name.")
@click.option("--all", "all_", is_flag=True, help="All that wait or were given up.")
@click.pass_obj
def retry(place: Place, event: int | None, target: str | None, all_: bool) -> None:
    """Try messages again, at once.

    By number as in the log, or all of them; for as long as the first time. Whoever serves the staff
    site sends it.
    """
    from kb.handover.log import retry as again

    if event is None and not all_ and target is None:
        raise click.UsageError("name an event by its number, a --target, or --all")
    with staff_store(place) as store:
        number = again(store, event, target)
    if not number:
        fail("there is nothing to try again", 1)
    out.print(f"{counted(number, 'message')} will be sent again")


@outbox.command()
def secret() -> None:
    """Print a new secret for a web hook; it is kept nowhere."""
    from kb.handover.signing import new_secret

    err.print("Put it into kb.toml, and give it to the receiver.")
    click.echo(new_secret())


def _said(one: TargetStatus) -> str:
    """How it goes with a receiver, in a line."""
    parts = [counted(one.delivered, "message") + " delivered"]
    if one.since is not None:
        since = one.since.astimezone(clock.ZONE)
        parts.append(f"{one.waiting} waiting since {since:%Y-%m-%d %H:%M}")
    if one.given_up:
        parts.append(f"{one.given_up} given up")
    if one.problem:
        parts.append(one.problem)
    if not one.known:
        parts.append("no longer set up")
    return "; ".join(parts)
