"""Which article was shown to a caller last, in SQL."""

from typing import Any

from sqlalchemy import ColumnElement, Text, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from kb.contacts.tables import contacts


def last_shown() -> ColumnElement[str | None]:
    """The article that answered, or else the one that was opened last; null where there is none."""
    return func.coalesce(contacts.c.answered_by, _last_of(contacts.c.opened))


class _last_of(FunctionElement[str]):
    """The last text of a list."""

    type = Text()
    inherit_cache = True


@compiles(_last_of, "sqlite")
def _in_sqlite(element: _last_of, compiler: Any, **options: Any) -> str:
    return f"json_extract({compiler.process(element.clauses, **options)}, '$[#-1]')"


@compiles(_last_of, "postgresql")
def _in_postgresql(element: _last_of, compiler: Any, **options: Any) -> str:
    return f"({compiler.process(element.clauses, **options)} ->> -1)"
