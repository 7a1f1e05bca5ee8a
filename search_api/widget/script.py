"""The script of the widget, put together from its parts and what it has to know.

The parts run in one function, in this order. Nothing is compiled: it is served as it is written.
"""

import json
from functools import cache
from pathlib import Path

from babel.messages.extract import extract_from_file

from kb.colour import dark_palette, light_palette
from search_api import i18n

FOLDER = Path(__file__).parent
PARTS = ("page", "ask", "draw", "combobox", "feedback", "answer", "contact", "element")


def widget_script(name: str | None, telephone: str | None, colour: str) -> str:
    """The whole of `/widget.js`.

    Args:
        name: of the authority whose it is; None where nothing is published yet.
        telephone: its number, which stands in the script so that it can say whom to ring when
            nothing else can be reached.
        colour: its brand's, as `#rrggbb`; made lighter or darker where it could not be read.
    """
    light, dark = light_palette(colour), dark_palette(colour)
    brand = (
        f":host {{ --light-accent: {light.link}; --dark-accent: {dark.link}; "
        f"--light-tint: {light.tint}; --dark-tint: {dark.tint}; }}\n"
    )
    given = {
        "name": name,
        "telephone": telephone,
        "words": translations(),
        "style": brand + (FOLDER / "widget.css").read_text(encoding="utf-8"),
    }
    parts = "\n".join(map(source, PARTS))
    return f'(given => {{\n"use strict";\n\n{parts}}})({json.dumps(given)});\n'


@cache
def translations() -> dict[str, dict[str, str]]:
    """The messages of the parts in each language that is not English."""
    return {
        language: {
            message: i18n.catalogue(language).gettext(message) for message in sorted(messages())
        }
        for language in i18n.LANGUAGES
        if language != "en"
    }


@cache
def messages() -> frozenset[str]:
    """The English messages that stand in the parts, as `_("…")`."""
    return frozenset(
        str(message)
        for part in PARTS
        for _, message, _, _ in extract_from_file("javascript", _file(part), keywords={"_": None})
    )


@cache
def source(part: str) -> str:
    """A part, as it is written and served."""
    return _file(part).read_text(encoding="utf-8")


def _file(part: str) -> Path:
    return FOLDER / "source" / f"{part}.js"
