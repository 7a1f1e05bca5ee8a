"""Which notices stand, and where: those of the content, and those that were pinned."""

from collections.abc import Collection

from indexer.generation import Setting
from kb import clock
from kb.notices import Notice


def standing(setting: Setting) -> list[Notice]:
    """All the notices that stand today; what was pinned comes first."""
    today = clock.today()
    found = (*setting.pinned, *setting.notices)
    return [notice for notice in found if notice.stands_on(today)]


def notices_for(setting: Setting, words: str = "", articles: Collection[str] = ()) -> list[Notice]:
    """The notices that stand today and are about these words, these articles, or everything."""
    lower = words.casefold()
    return [
        notice
        for notice in standing(setting)
        if not (notice.services or notice.queries)
        or not set(notice.services).isdisjoint(articles)
        or any(query.casefold() in lower for query in notice.queries)
    ]
