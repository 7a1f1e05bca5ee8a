"""`/articles/<id>.md`: an article as Markdown, for programs that read text.

It is made from the edition's own article, as the page is. The source file also has the words of the
other edition, and is not at hand here.
"""

import re
from datetime import date
from typing import Any
from urllib.parse import quote, urljoin

from babel.dates import format_date, get_day_names
from flask import Blueprint, Response, abort, render_template, request
from markdownify import ATX, MarkdownConverter

from kb.hours import WEEKDAYS
from search_api import i18n
from search_api.machine.listing import article_address
from search_api.reading import reading

_FENCE = re.compile("`{3,}")
_SAFE = "/:?#[]@!$&'*+,;=%~-._"
"""What may stand in a link's address as it is; anything else would end it."""


def register(routes: Blueprint) -> None:
    """Add the route."""

    @routes.get("/articles/<id>.md")
    def markdown(id: str) -> Response:
        """An article, in English where it is not written in the language asked for."""
        with reading() as searcher:
            generation = searcher.generation
            article = generation.store.read(id, request.args.get("lang", "en"))
            if article is None:
                abort(404)
            address = article_address(article.id, article.language)
            drawn = render_template(
                "machine/article.html",
                article=article,
                address=address,
                provider=generation.setting.authority.provider_name(article.provider),
                day=_day,
                weekday=_weekday,
                titles={key: row.title for key, row in generation.store.rows.items()},
            )
        return Response(as_markdown(drawn, address), content_type="text/markdown; charset=utf-8")


def _day(day: date) -> str:
    return format_date(day, "long", locale=i18n.locale())


def _weekday(name: str) -> str:
    """The name of a day of the week, from the short one that hours are kept by."""
    return str(get_day_names(locale=i18n.locale())[WEEKDAYS.index(name)])


def as_markdown(html: str, address: str) -> str:
    """Sanitised HTML as CommonMark with tables and definition lists.

    Args:
        html: what is to be said; its text is escaped, so that it means the same in Markdown.
        address: what relative addresses in it are relative to.
    """
    return str(_Converter(address).convert(html)).strip() + "\n"


_Base: Any = MarkdownConverter  # its type stubs leave out what is overridden here


class _Converter(_Base):  # type: ignore[misc]
    """markdownify, with addresses that are absolute and end where they should."""

    def __init__(self, address: str) -> None:
        super().__init__(heading_style=ATX, bullets="-", escape_misc=True, autolinks=False)
        self._address = address

    def convert_a(self, el: Any, text: str, parent_tags: set[str]) -> str:
        written = el.get("href", "")
        el["href"] = quote(urljoin(self._address, written), safe=_SAFE)
        if el["href"] == el.get_text() and "_noformat" not in parent_tags:
            return f"<{written}>"
        return str(super().convert_a(el, text, parent_tags))

    def convert_img(self, el: Any, text: str, parent_tags: set[str]) -> str:
        el["src"] = quote(urljoin(self._address, el.get("src", "")), safe=_SAFE)
        el["alt"] = self.escape(el.get("alt", ""), parent_tags)
        return str(super().convert_img(el, text, parent_tags))

    def convert_pre(self, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """A block of code, fenced by more backticks than stand in it."""
        longest = max(map(len, _FENCE.findall(text)), default=2)
        fence = "`" * (longest + 1)
        return f"\n\n{fence}\n{text.strip(chr(10))}\n{fence}\n\n" if text else ""
