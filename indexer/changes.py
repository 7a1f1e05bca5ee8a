"""Since when an edition has said what an article says.

Only what an edition itself has held is compared, so that a change of what it does not hold shows in
no date.
"""

from datetime import UTC, datetime, time

from kb.article import Article

_CARE = ("number", "owner", "file", "verified", "review_by")
"""Fields about finding an article and keeping it true; they change nothing in what it says."""


def says_the_same(article: Article, before: Article) -> bool:
    """Whether an article says what it said before, whoever keeps it and whenever it was checked."""
    without = dict.fromkeys(_CARE)
    return article.model_copy(update=without) == before.model_copy(update=without)


def first_known(article: Article, at: int) -> int:
    """Since when, where there is no generation before: the day it was last checked, or now.

    Args:
        article: as it is published.
        at: now, like the answer in seconds since 1970, UTC; it is never later than this.
    """
    if article.verified is None:
        return at
    return min(at, int(datetime.combine(article.verified, time(), UTC).timestamp()))
