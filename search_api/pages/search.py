"""The page of results: the answer itself in each, and a person where there is no answer."""

from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request, url_for
from pydantic import ValidationError

from indexer.results import SearchHit, SearchPage, SearchRequest, Span, Suggestion
from indexer.search import Searcher
from kb.article import Action, Article, Kind
from kb.authority import Partner
from search_api import load
from search_api.i18n import wanted
from search_api.pages.article import in_order
from search_api.pages.contact import places
from search_api.pages.home import most_wanted
from search_api.reading import reading
from search_api.recording import searched
from search_api.schemas import SearchParameters

_LINKED_QUERY = 200
_NEAREST_WORDS = 8
_NEAREST = 5
_ACTIONS = 2


@dataclass(frozen=True)
class Result:
    """A hit as the page shows it."""

    hit: SearchHit
    article: Article
    url: str
    spans: tuple[Span, ...]
    """The passage that answers, in the language of the article."""
    partner: Partner | None
    """Whose job it is, where it is not this council's."""
    actions: list[Action]
    """The first ways to get it done, all of one kind."""

    @property
    def has_more(self) -> bool:
        """Whether the whole answer says more than the passage."""
        said = sum(len(span.text) for span in self.spans)
        return sum(len(section.text) for section in self.article.sections) > said + 40


def register(pages: Blueprint) -> None:
    """Add the page of results."""

    @pages.get("/search")
    def search() -> str:
        try:
            asked = SearchParameters.model_validate(
                {name: value for name, value in request.args.items() if value}
            )
        except ValidationError:
            abort(400)
        question = SearchRequest(asked.q, asked.kind, asked.service, asked.page, asked.size)
        with reading() as searcher:
            page = load.search(searcher, question)
            searched(page, asked.kind)
            lost = bool(asked.q.strip()) and (page.unsure or not page.total)
            generation = searcher.generation
            return render_template(
                "search.html",
                page=page,
                asked=asked,
                results=_results(searcher, page),
                nearest=_nearest(searcher, asked.q) if not page.total else [],
                wanted=most_wanted(searcher) if not page.total else [],
                places=places(generation.store, generation.setting.authority) if lost else [],
                notices=page.notices,
            )


def _results(searcher: Searcher, page: SearchPage) -> list[Result]:
    store, authority = searcher.generation.store, searcher.generation.setting.authority
    results: list[Result] = []
    for hit in page.results:
        article, original = store.read(hit.id, wanted()), store.get(hit.id)
        assert article is not None
        assert original is not None, "a hit is an article of the same generation"
        translated = article.language != original.language
        spans = hit.answer.spans if hit.answer else ()
        anchor = hit.answer.anchor if hit.answer and not translated else ""
        results.append(
            Result(
                hit=hit,
                article=article,
                url=url_for(
                    "pages.article",
                    id=hit.id,
                    q=page.query[:_LINKED_QUERY] or None,
                    _anchor=anchor or None,
                ),
                spans=(Span(article.lead),) if translated and article.lead else spans,
                partner=authority.partner(article.provider),
                actions=_first(in_order(article.actions or original.actions)),
            )
        )
    return results


def _nearest(searcher: Searcher, words: str) -> list[Suggestion]:
    """What the words of a question that nothing answers come nearest to."""
    found: dict[str, Suggestion] = {}
    for word in words[:_LINKED_QUERY].split()[:_NEAREST_WORDS]:
        for suggestion in searcher.suggest(word, 2) if len(word) > 2 else ():
            if suggestion.kind in set(Kind):
                found.setdefault(suggestion.id, suggestion)
    return list(found.values())[:_NEAREST]


def _first(actions: list[Action]) -> list[Action]:
    """The best way to get it done, and the like of it: each district may have its own."""
    return [action for action in actions if action.kind == actions[0].kind][:_ACTIONS]
