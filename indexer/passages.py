"""The passage of an article that answers best, with the words that were asked for marked."""

import re
from collections import Counter
from collections.abc import Mapping

from indexer.analysis import terms, tokens
from indexer.results import Answer, Span
from kb.article import Article, Audience, Section

LENGTH = 320
"""Characters of an answer, at most a sentence more: two breaths when read out."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_IN_HEADING = 1.3
_FIRST = 1.15
"""The first passage is the one its editor wrote to be read out."""


def best_passage(article: Article, weights: Mapping[str, float]) -> Answer | None:
    """Choose an answer.

    Args:
        article: the article that matched.
        weights: what each term of the question counts for.

    Returns:
        None where the article has no body.
    """
    if not article.sections:
        return None
    open_ones = [s for s in article.sections if s.audience is Audience.PUBLIC]
    candidates = open_ones or list(article.sections)
    section, score = _best(candidates, weights, article.title)
    hidden = [s for s in article.sections if s.audience is Audience.STAFF]
    if score == 0 and open_ones and hidden:
        other, other_score = _best(hidden, weights, article.title)
        if other_score > 0:
            section, score = other, other_score
    if article.summary and (score == 0 or section is candidates[0]):
        summary_score = _score(article.summary, article.title, weights)
        if summary_score >= _score(section.text, section.heading, weights):
            return Answer("", "", _mark(article.summary, weights), Audience.PUBLIC)
    text = _window(section.text or section.heading, weights)
    return Answer(section.anchor, section.heading, _mark(text, weights), section.audience)


def _best(
    sections: list[Section], weights: Mapping[str, float], title: str
) -> tuple[Section, float]:
    scored = [
        _score(section.text, section.heading or title, weights) * (_FIRST if index == 0 else 1.0)
        for index, section in enumerate(sections)
    ]
    index = max(range(len(scored)), key=lambda i: (scored[i], -i))
    return sections[index], scored[index]


def _score(text: str, heading: str, weights: Mapping[str, float]) -> float:
    """What a passage holds of the question: each word once, repeats a little, headings more."""
    counts = Counter(term for term in terms(text) if term in weights)
    in_heading = {term for term in terms(heading) if term in weights}
    score = sum(weights[term] * (1 + 0.15 * min(count - 1, 3)) for term, count in counts.items())
    return score + sum(
        weights[term] * (_IN_HEADING - 1 if term in counts else 0.5) for term in in_heading
    )


def _window(text: str, weights: Mapping[str, float]) -> str:
    """Whole sentences from where the question is met best, to about `LENGTH` characters."""
    sentences = [part for part in _SENTENCE_END.split(text) if part and part.strip()]
    if len(text) <= LENGTH or not sentences:
        return _cut(" ".join(sentences))
    values = [_score(sentence, "", weights) for sentence in sentences]
    sizes = [len(sentence) + 1 for sentence in sentences]
    best, best_value = 0, -1.0
    for start in range(len(sentences)):
        size, value, end = 0, 0.0, start
        while end < len(sentences) and (size == 0 or size + sizes[end] <= LENGTH):
            size += sizes[end]
            value += values[end]
            end += 1
        if value > best_value * 1.05 + 1e-9:
            best, best_value = start, value
    chosen: list[str] = []
    size = 0
    for sentence in sentences[best:]:
        if chosen and size + len(sentence) > LENGTH:
            break
        chosen.append(sentence)
        size += len(sentence) + 1
    return _cut(" ".join(chosen))


def _cut(text: str) -> str:
    """A text of at most twice `LENGTH`, cut between words."""
    if len(text) <= LENGTH * 2:
        return text
    return text[: LENGTH * 2].rsplit(" ", 1)[0] + " …"


def _mark(text: str, weights: Mapping[str, float]) -> tuple[Span, ...]:
    spans: list[Span] = []
    at = 0
    for token in tokens(text):
        if token.term in weights:
            if token.start > at:
                spans.append(Span(text[at : token.start]))
            spans.append(Span(text[token.start : token.end], hit=True))
            at = token.end
    if at < len(text):
        spans.append(Span(text[at:]))
    return tuple(spans)
