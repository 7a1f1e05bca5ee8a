"""The messages that the interface has, as they stand in its code and templates."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

import search_api
from search_api.i18n import CATALOGUES

ROOT = Path(search_api.__file__).parent

Id = str | tuple[str, ...]


def used() -> Iterator[tuple[str, Id, str | None]]:
    """File, message (or singular and plural) and context of each message used."""
    found = extract_from_dir(
        ROOT,
        method_map=[("**.py", "python"), ("templates/**.*", "jinja2"), ("**.js", "javascript")],
        options_map={"templates/**.*": {"trimmed": "true"}},
        keywords=DEFAULT_KEYWORDS,
    )
    for file, _, message, _, context in found:
        yield file, message, context


def catalogue(language: str) -> Catalog:
    """A catalogue as it is written."""
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)
