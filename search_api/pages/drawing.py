"""Filters of the templates: languages marked, links that keep the language, numbers to dial."""

import re

from markupsafe import Markup

from search_api import i18n

_ARTICLE_LINK = re.compile(r'(<a href="/articles/[^"?#]+)(#[^"]*)?"')
_ID = re.compile(r'(<[a-z0-9]+[^<>]*?) (?:id="[^"]*"|href="#[^"]*")')


def marked(language: str) -> Markup:
    """The attributes of an element in a language; none where it is that of the page."""
    if language == i18n.interface():
        return Markup("")
    attributes = Markup(' lang="{}"').format(language)
    if i18n.direction(language) != i18n.direction(i18n.interface()):
        attributes += Markup(' dir="{}"').format(i18n.direction(language))
    return attributes


def in_language(html: str) -> Markup:
    """A section's HTML, its links to articles in the language of the page."""
    wanted = i18n.wanted()
    if wanted != "en":
        html = _ARTICLE_LINK.sub(rf'\1?lang={wanted}\2"', html)
    return Markup(html)  # noqa: S704 - sanitised when it was published


def without_ids(html: str) -> Markup:
    """A section's HTML for a page that shows several articles, where ids would meet."""
    return Markup(_ID.sub(r"\1", html))  # noqa: S704 - sanitised when it was published


def dial(number: str) -> str:
    """The `tel:` address of a telephone number."""
    return "tel:" + "".join(sign for sign in number if sign.isdigit() or sign == "+")


def number(address: str) -> str:
    """The number of a `tel:` address as it is written in Britain (Ofcom's numbering plan).

    Args:
        address: as `tel:+441632960116`, which gives `01632 960116`.
    """
    digits = dial(address).removeprefix("tel:").replace("+44", "0", 1)
    if len(digits) != 11 or not digits.startswith("0"):
        return digits
    if digits.startswith("02"):
        groups = (3, 7)
    elif digits[1] in "389" or digits.startswith("011") or digits[1] == digits[3] == "1":
        groups = (4, 7)
    else:
        groups = (5, 11)
    first, second = groups
    return " ".join(filter(None, (digits[:first], digits[first:second], digits[second:])))
