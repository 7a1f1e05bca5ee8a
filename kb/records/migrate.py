"""The schema of a store: whether it is the one of this code, and how it is brought there."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from kb.records.tables import Line

if TYPE_CHECKING:  # imported where used: a server whose schema is right never needs it
    from alembic.config import Config

HEADS = {Line.JOURNAL: "journal_1", Line.DESK: "desk_7"}
"""The newest migration of each line."""

_FOLDER = Path(__file__).parent / "migrations"
_LOCK = 0x4B42  # of PostgreSQL's advisory locks: one migration at a time
_ALEMBIC = threading.Lock()  # its context is one for all threads


class SchemaProblem(Exception):
    """The schema is not the one that this code works on."""


class Older(SchemaProblem):
    """It has yet to be migrated; `empty` where the database has no table of ours."""

    def __init__(self, *, empty: bool) -> None:
        super().__init__("its schema is of an older Firstline")
        self.empty = empty


class Newer(SchemaProblem):
    """It was migrated by a newer Firstline than this."""


class Foreign(SchemaProblem):
    """It is the store of the other side."""


def check_schema(connection: Connection, lines: Sequence[Line]) -> None:
    """See that a database has the tables of some lines, as this code knows them.

    Raises:
        Older, Newer, Foreign: if it has not.
    """
    found = _versions(connection)
    _check_owner(found, lines)
    if all(found[line] == HEADS[line] for line in lines):
        return
    for line in lines:
        version = found[line]
        if version is not None and version not in _known(line):
            raise Newer(
                f"its schema ({version}) is newer than this Firstline knows; install the newer "
                "version, or choose another database"
            )
    raise Older(empty=not any(found.values()))


def migrate(connection: Connection, lines: Sequence[Line]) -> list[str]:
    """Apply what is missing, within the connection's transaction, and return its names.

    Raises:
        Newer, Foreign: as `check_schema` does.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    before = _versions(connection)
    try:
        check_schema(connection, lines)
    except Older:
        return [revision for line in lines for revision in _upgrade(connection, line, before[line])]
    return []


def _upgrade(connection: Connection, line: Line, before: str | None) -> list[str]:
    from alembic import command

    config = _config(line)
    config.attributes.update(connection=connection, line=line)
    with _ALEMBIC:
        command.upgrade(config, "head")
    known = _known(line)
    return known[known.index(before) + 1 :] if before else known


def _check_owner(found: dict[Line, str | None], lines: Sequence[Line]) -> None:
    if Line.DESK in lines:
        if found[Line.JOURNAL] and not found[Line.DESK]:
            raise Foreign(
                "this is the store of a public application; give staff one of their own "
                "(database_url)"
            )
    elif found[Line.DESK]:
        raise Foreign(
            "this is the store of the staff; give the public application one of its own "
            "(public_database_url)"
        )


def _versions(connection: Connection) -> dict[Line, str | None]:
    inspector = inspect(connection)
    return {
        line: connection.scalar(text(f"SELECT version_num FROM {line}_version"))  # noqa: S608
        if inspector.has_table(f"{line}_version")
        else None
        for line in Line
    }


def _known(line: Line) -> list[str]:
    """The migrations of a line, oldest first."""
    from alembic.script import ScriptDirectory

    revisions = ScriptDirectory.from_config(_config(line)).walk_revisions()
    return [script.revision for script in revisions][::-1]


def _config(line: Line) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("version_locations", str(_FOLDER / line).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    return config
