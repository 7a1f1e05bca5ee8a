"""Entries as somebody of the public makes them; `fields` are what is different."""

from typing import Any

from kb.article import Edition
from kb.records.entries import Feedback, FeedbackKind, Opening, Search, Surface

COMMON: dict[str, Any] = {
    "edition": Edition.PUBLIC,
    "generation": "g1",
    "surface": Surface.SITE,
}


def search(query: str = "missed bin", **fields: Any) -> Search:
    return Search(query=query, **{**COMMON, "total": 1, "results": ("bins",), **fields})


def opening(article: str = "bins", **fields: Any) -> Opening:
    return Opening(article=article, **{**COMMON, **fields})


def feedback(kind: str = "answer", **fields: Any) -> Feedback:
    return Feedback(kind=FeedbackKind(kind), **{**COMMON, **fields})
