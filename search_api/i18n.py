"""The language of a page: `?lang=cy` on any address, and no guess from anything else.

English is the message id; a catalogue is a `.po` file in `translations/`, read once at the first
use, so that there is nothing to compile.
"""

import re
from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask, has_request_context, request

LANGUAGES = {"en": "English", "cy": "Cymraeg"}
"""The languages of the interface, each by its own name."""

CATALOGUES = Path(__file__).parent / "translations"

_CODE = re.compile(r"[a-z]{2,3}")
_WITHOUT_LANGUAGE = {"static", "files.attachment", "look.brand"}


def wanted() -> str:
    """The language asked for; English where none is. An article may have languages of its own."""
    said = request.args.get("lang", "") if has_request_context() else ""
    return said if _CODE.fullmatch(said) else "en"


def interface() -> str:
    """The language that the interface speaks: the one asked for, where it has it."""
    return wanted() if wanted() in LANGUAGES else "en"


def locale() -> Locale:
    """How the interface's language writes dates and times."""
    return _LOCALES[interface()]


def direction(language: str) -> str:
    """`rtl` or `ltr`, as a language is written; `ltr` for one that is not known."""
    try:
        return str(Locale.parse(language).text_direction)
    except (UnknownLocaleError, ValueError):
        return "ltr"


def name_of(language: str) -> str:
    """A language by its own name, as `Cymraeg`; its code where the name is not known."""
    try:
        return Locale.parse(language).display_name or language
    except (UnknownLocaleError, ValueError):
        return language


def gettext(message: str) -> str:
    """A message in the language of the page."""
    return catalogue(interface()).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """A message that depends on a number."""
    return catalogue(interface()).ngettext(singular, plural, number)


def pgettext(context: str, message: str) -> str:
    """A message whose English has several meanings."""
    return catalogue(interface()).pgettext(context, message)


def npgettext(context: str, singular: str, plural: str, number: int) -> str:
    """A message whose English has several meanings, and that depends on a number."""
    return catalogue(interface()).npgettext(context, singular, plural, number)


@cache
def catalogue(language: str) -> NullTranslations:
    """The messages of a language of the interface; those of English are the ids themselves."""
    if language == "en":
        return NullTranslations()
    compiled = BytesIO()
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=language, abort_invalid=True))
    compiled.seek(0)
    return Translations(compiled)


def register(app: Flask) -> None:
    """Give templates their `_()` and `{% trans %}`, and let every link keep the language."""
    for language in LANGUAGES:
        catalogue(language)
    env: Any = app.jinja_env  # the extension adds a method that the type does not have
    env.add_extension("jinja2.ext.i18n")
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )

    @app.url_defaults
    def keep_language(endpoint: str, values: dict[str, Any]) -> None:
        """`lang=None` leads to the English page."""
        if endpoint not in _WITHOUT_LANGUAGE and wanted() != "en":
            values.setdefault("lang", wanted())


_LOCALES = {
    language: Locale.parse({"en": "en_GB"}.get(language, language)) for language in LANGUAGES
}
