"""`kb user`: the accounts of the staff site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from commands.place import Place, fail
from kb.accounts.roles import Role
from kb.terminal import err, out

if TYPE_CHECKING:
    from kb.accounts.account import Listing
    from kb.accounts.accounts import Accounts

ROLES = click.Choice([role.value for role in Role])


@click.group()
def user() -> None:
    """Accounts of the staff site: who may sign in, and to do what."""


@user.command()
@click.argument("name")
@click.option("--role", type=ROLES, default="agent", show_default=True, help="What they may do.")
@click.option("--team", default="", help="Their team, by its id in directory.csv.")
@click.option(
    "--no-password", is_flag=True, help="For those whom only the reverse proxy is to sign in."
)
@click.pass_obj
def add(place: Place, name: str, role: str, team: str, no_password: bool) -> None:
    """Add an account.

    The password is asked for, or read from standard input.
    """
    from commands.ask import ask_password

    _check_team(place, team)
    with _accounts(place) as accounts:
        password = None if no_password else ask_password()
        account = accounts.add(name, Role(role), team or None, password)
    out.print(f"Added {account.name}, {role}.", markup=False)


@user.command("list")
@click.pass_obj
def list_(place: Place) -> None:
    """List the accounts."""
    from rich.table import Table

    with _accounts(place) as accounts:
        found = accounts.all()
    if not found:
        err.print("There is no account yet; add one with: kb user add NAME --role admin")
        return
    table = Table("name", "role", "team", "state", "last signed in", box=None, pad_edge=False)
    for one in found:
        account = one.account
        role = account.role.value if account.role is not None else ""
        seen = f"{one.signed_in_at:%Y-%m-%d}" if one.signed_in_at else "never"
        table.add_row(account.name, role, account.team or "", _state(one), seen)
    out.print(table)


@user.command()
@click.argument("name")
@click.option("--role", type=ROLES, help="What they may do; ends their sessions.")
@click.option("--team", help="Their team, by its id in directory.csv; '' for none.")
@click.pass_obj
def change(place: Place, name: str, role: str | None, team: str | None) -> None:
    """Give an account another role or team."""
    if role is None and team is None:
        fail("say what to change, with --role or --team")
    _check_team(place, team or "")
    with _accounts(place) as accounts:
        account = accounts.change(name, Role(role) if role is not None else None, team)
    now = account.role.value if account.role is not None else ""
    out.print(f"{account.name}: {now}, team {account.team or 'none'}.", markup=False)


@user.command()
@click.argument("name")
@click.pass_obj
def disable(place: Place, name: str) -> None:
    """Let somebody in no longer.

    Whoever is signed in is signed out at once.
    """
    with _accounts(place) as accounts:
        accounts.disable(name)
    out.print(f"Disabled {name}.", markup=False)


@user.command()
@click.argument("name")
@click.pass_obj
def enable(place: Place, name: str) -> None:
    """Let somebody in again."""
    with _accounts(place) as accounts:
        accounts.enable(name)
    out.print(f"Enabled {name}.", markup=False)


@user.command()
@click.argument("name")
@click.pass_obj
def password(place: Place, name: str) -> None:
    """Give an account a new password.

    It is asked for, or read from standard input.
    """
    from commands.ask import ask_password

    with _accounts(place) as accounts:
        accounts.find(name)
        accounts.set_password(name, ask_password())
    out.print(f"{name} has a new password.", markup=False)


@user.command("remove-demo")
@click.pass_obj
def remove_demo(place: Place) -> None:
    """Remove the demonstration account.

    The staff site may be served to other machines then, once it has an account.
    """
    from kb.accounts.account import Standing

    with _accounts(place) as accounts:
        removed = accounts.remove_demo()
        nobody = accounts.standing() is Standing.NONE
    out.print(
        "Removed the demonstration account." if removed else "There is no demonstration account."
    )
    if nobody:
        err.print("There is no other account; add one with: kb user add NAME --role admin")


@contextmanager
def _accounts(place: Place) -> Iterator[Accounts]:
    """The accounts; ends the command with a message where what is asked for cannot be."""
    from commands.store import staff_store
    from kb.accounts.account import AccountProblem
    from kb.accounts.accounts import Accounts

    with staff_store(place) as database:
        try:
            yield Accounts(database)
        except AccountProblem as problem:
            fail(str(problem))


def _check_team(place: Place, team: str) -> None:
    """End the command where there is a directory and the team is not in it."""
    from kb.directory import PATH, read_directory

    file = place.content / PATH
    if not team or not file.is_file():
        return
    known = {entry.id for entry in read_directory(file.read_bytes())[0]}
    if team not in known:
        fail(f"there is no {team!r} in {file}; write the id of one of its rows")


def _state(one: Listing) -> str:
    if one.disabled_at:
        return f"disabled since {one.disabled_at:%Y-%m-%d}"
    if one.demo:
        return "for demonstration"
    return "active" if one.has_password else "active, by the reverse proxy"
