"""Results and suggestions in another language, where there is a translation; English elsewhere.

What is translated says so in its address, `/articles/missed-bin?lang=cy`.
"""

from dataclasses import replace

from indexer.results import Answer, SearchHit, SearchPage, Span, Suggestion
from indexer.store import ArticleStore
from kb.article import Article, Audience, Kind


def translated_page(page: SearchPage, store: ArticleStore, language: str) -> SearchPage:
    """A page of results in a language; the short answer of the translation is the answer."""
    return replace(page, results=tuple(_hit(hit, store, language) for hit in page.results))


def translated_suggestions(
    suggestions: tuple[Suggestion, ...], store: ArticleStore, language: str
) -> tuple[Suggestion, ...]:
    """Suggestions in a language: the titles of the translations."""
    return tuple(_suggestion(one, store, language) for one in suggestions)


def _hit(hit: SearchHit, store: ArticleStore, language: str) -> SearchHit:
    found = store.get(f"{hit.id}.{language}")
    if found is None:
        return hit
    url = f"{hit.url}?lang={language}"
    return replace(hit, title=found.title, url=url, answer=_short_answer(found))


def _suggestion(one: Suggestion, store: ArticleStore, language: str) -> Suggestion:
    found = store.get(f"{one.id}.{language}") if one.kind in set(Kind) else None
    if found is None:
        return one
    return replace(one, text=found.title, url=f"{one.url}?lang={language}")


def _short_answer(article: Article) -> Answer | None:
    if not article.lead:
        return None
    audience = Audience.PUBLIC if article.summary else article.sections[0].audience
    return Answer("", "", (Span(article.lead),), audience)
