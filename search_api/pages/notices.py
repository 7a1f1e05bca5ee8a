"""The notices of busy days: those that a page has to show, and all of them."""

from dataclasses import dataclass

from flask import Blueprint, render_template

from indexer.search import Searcher
from kb import clock
from kb.notices import Notice
from search_api.pages.listing import Listed, by_id
from search_api.reading import reading


@dataclass(frozen=True)
class NoticeShown:
    """A notice, and the articles it is about."""

    notice: Notice
    about: tuple[Listed, ...]


def register(pages: Blueprint) -> None:
    """Add the page of notices."""

    @pages.get("/notices/")
    def notices() -> str:
        with reading() as searcher:
            return render_template("notices.html", notices=standing_notices(searcher))


def standing_notices(searcher: Searcher) -> list[NoticeShown]:
    """All the notices that stand today."""
    store = searcher.generation.store
    today = clock.today()
    return [
        NoticeShown(notice, tuple(by_id(store, notice.services).values()))
        for notice in searcher.generation.setting.notices
        if notice.stands_on(today)
    ]


def notices_for(searcher: Searcher, words: str = "", service: str = "") -> list[Notice]:
    """The notices that stand today and are about these words, this service, or everything."""
    today = clock.today()
    lower = words.casefold()
    return [
        notice
        for notice in searcher.generation.setting.notices
        if notice.stands_on(today)
        and (
            not (notice.services or notice.queries)
            or service in notice.services
            or any(query.casefold() in lower for query in notice.queries)
        )
    ]
