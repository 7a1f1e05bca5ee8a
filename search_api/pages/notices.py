"""The notices that a page has to show."""

from indexer.search import Searcher
from kb import clock
from kb.notices import Notice


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
