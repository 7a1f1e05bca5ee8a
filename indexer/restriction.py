"""Whether something leaves the public edition that must not remain in any file of it."""

from collections.abc import Iterable, Mapping

from indexer.analysis import words
from indexer.document import document
from indexer.generation import Generation, Setting
from indexer.lexicon import document_words
from kb.article import Article, Audience, Edition, Section
from kb.editions import EditionPlan


def restricts(
    plan: EditionPlan,
    previous: Generation,
    setting: Setting,
    gone: Iterable[str],
    articles: Mapping[str, Article],
) -> bool:
    """Compare what is to be published with what is.

    An article, attachment, notice or synonym taken out is a restriction, and so are words that
    moved from an article's open text into a staff block of it, one by one or as a whole paragraph.

    Args:
        plan: what the edition should hold.
        previous: the current generation.
        setting: what the edition will know beside its articles.
        gone: keys that are no longer in it.
        articles: the new and changed articles, by key.
    """
    if plan.edition is Edition.STAFF:
        return False
    taken = (
        list(gone),
        set(previous.manifest.attachments) - plan.attachments,
        set(previous.setting.notices) - set(setting.notices),
        set(previous.setting.pinned) - set(setting.pinned),
        set(previous.setting.synonyms) - set(setting.synonyms),
    )
    return any(taken) or any(
        _hides(plan, before, article)
        for key, article in articles.items()
        if (before := previous.store.get(key)) is not None
    )


def _hides(plan: EditionPlan, before: Article, article: Article) -> bool:
    """Whether an article now has in a staff block what it had in the open."""
    parsed = plan.checked.content.sections(plan.drafts[article.key].path)
    blocks = [one for one in parsed.sections if one.audience is Audience.STAFF]
    hidden = {word for one in blocks for word in words(f"{one.heading}\n{one.text}")}
    lost = document_words(document(before)) - document_words(document(article))
    gone = _paragraphs(before.sections) - _paragraphs(article.sections)
    return bool(hidden & lost or _paragraphs(blocks) & gone)


def _paragraphs(sections: Iterable[Section]) -> set[str]:
    return {part for one in sections for part in (one.heading, *one.text.split("\n")) if part}
