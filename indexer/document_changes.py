"""What a publish changes in an index: an article and its translations are one document of it."""

from collections.abc import Callable, Collection, Iterable, Mapping

from indexer.document import Document, document
from indexer.store import ArticleStore
from kb.article import Article
from kb.editions import EditionPlan


def changed_documents(
    plan: EditionPlan,
    store: ArticleStore | None,
    touched: Iterable[str],
    articles: Mapping[str, Article],
) -> tuple[dict[str, Document], dict[str, Document]]:
    """The documents that change, by id: as they were, and as they will be.

    Args:
        plan: what the edition should hold.
        store: the articles of the generation before; None where there was none.
        touched: the keys of what is new, changed or gone.
        articles: the new and changed ones, by key.
    """
    ids = {key.split(".", 1)[0] for key in touched}

    def stored(key: str) -> Article:
        found = store.get(key) if store is not None else None
        assert found is not None, key
        return found

    def together(keys: list[str], load: Callable[[str], Article]) -> Document:
        main, *others = map(load, keys)
        return document(main, tuple(others))

    old = _versions(store.rows if store is not None else (), ids)
    new = _versions(plan.drafts, ids)
    before = {id_: together(keys, stored) for id_, keys in old.items()}
    after = {
        id_: together(keys, lambda key: articles[key] if key in articles else stored(key))
        for id_, keys in new.items()
    }
    return before, after


def _versions(keys: Collection[str], ids: set[str]) -> dict[str, list[str]]:
    """By id, of those that are wanted: the keys of an article and, behind it, its translations."""
    found = {id_: [id_] for id_ in sorted(ids) if id_ in keys}
    for key in sorted(key for key in keys if "." in key):
        id_ = key.split(".", 1)[0]
        if id_ in found:
            found[id_].append(key)
    return found
