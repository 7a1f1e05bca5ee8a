"""The notices of busy days: those that a page has to show, and all of them."""

from dataclasses import dataclass

from flask import Blueprint, render_template

from indexer.notices import notices_for, standing
from indexer.search import Searcher
from kb.article import Article
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
    return [
        NoticeShown(notice, tuple(by_id(store, notice.services).values()))
        for notice in standing(searcher.generation.setting)
    ]


def notices_about(searcher: Searcher, article: Article) -> tuple[str, ...]:
    """What is not as usual today about an article or its service."""
    about = {article.id, article.service or article.id}
    found = notices_for(searcher.generation.setting, articles=about)
    return tuple(notice.text for notice in found)
