"""`kb token`: the tokens with which programs use the API of the staff site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from commands.place import Place, fail
from kb.accounts.roles import Scope
from kb.terminal import err, out

if TYPE_CHECKING:
    from kb.accounts.tokens import Tokens

SCOPES = click.Choice([scope.value for scope in Scope])


@click.group()
def token() -> None:
    """Tokens with which programs use the API of the staff site."""


@token.command()
@click.argument("name")
@click.option(
    "--scope", "scopes", type=SCOPES, multiple=True, required=True, help="What for. Repeatable."
)
@click.option(
    "--days",
    type=click.IntRange(1, 1100),
    default=365,
    show_default=True,
    help="How long it is good for.",
)
@click.pass_obj
def add(place: Place, name: str, scopes: tuple[str, ...], days: int) -> None:
    """Make a token, and print it: it is kept nowhere."""
    with _tokens(place) as tokens:
        secret = tokens.add(name, {Scope(scope) for scope in scopes}, timedelta(days=days))
    err.print("Keep this token where its program finds it; it is shown this once.")
    click.echo(secret)


@token.command("list")
@click.pass_obj
def list_(place: Place) -> None:
    """List the tokens, without their secrets."""
    from rich.table import Table

    with _tokens(place) as tokens:
        found = tokens.all()
    if not found:
        err.print("There is no token; make one with: kb token add NAME --scope search")
        return
    table = Table("name", "scopes", "made", "expires", box=None, pad_edge=False)
    for one in found:
        scopes = ", ".join(sorted(one.scopes))
        until = f"{one.expires_at:%Y-%m-%d}" if one.lasts else "expired"
        table.add_row(one.name, scopes, f"{one.created_at:%Y-%m-%d}", until)
    out.print(table)


@token.command()
@click.argument("name")
@click.pass_obj
def revoke(place: Place, name: str) -> None:
    """End a token at once."""
    with _tokens(place) as tokens:
        tokens.revoke(name)
    out.print(f"Revoked {name}.", markup=False)


@contextmanager
def _tokens(place: Place) -> Iterator[Tokens]:
    """The tokens; ends the command with a message where what is asked for cannot be."""
    from commands.store import staff_store
    from kb.accounts.account import AccountProblem
    from kb.accounts.tokens import Tokens

    with staff_store(place) as database:
        try:
            yield Tokens(database)
        except AccountProblem as problem:
            fail(str(problem))
