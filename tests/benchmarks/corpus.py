"""Articles to measure on: made with a seed from our own content, or read from another folder.

Sentences of our own articles are put together anew, so that words keep their natural frequencies.
Every now and then a made-up word joins them, drawn by Zipf's law, and every article has a number of
its own: so the vocabulary grows with the number of articles, as it does in real ones.
"""

import json
import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from indexer.document import Document, Field, document
from kb import clock
from kb.article import Article, Edition
from kb.content import read_content
from kb.crosscheck import crosscheck
from kb.editions import plan_edition

OWN = Path(__file__).parents[2] / "content"
SEED = 20_260_601
WORDS = 250
ZIPF = 0.25
"""Of the made-up words: that of rank r comes with a frequency of about r to the power of -1.25."""
MADE_UP = 0.2
"""How many sentences get one."""
_SYLLABLES = [first + second for first in "bdfghklmnprstvz" for second in "aeiou"]
_FOLDERS = {"faq": "faqs", "service": "services"}


@dataclass(frozen=True)
class Entry:
    """A document, and the file it comes from, relative to the content folder."""

    path: str
    document: Document


def articles_of(content: Path) -> Iterator[tuple[str, Article]]:
    """The articles of a content folder that stand in its public edition today, with their paths."""
    today = clock.today()
    plan = plan_edition(crosscheck(read_content(content), today), Edition.PUBLIC)
    for key, draft in plan.drafts.items():
        if draft.language == "en":
            yield draft.path, plan.build(key)


def copy_corpus(source: Path, target: Path) -> list[Entry]:
    """Copy a content folder to where it may be edited, and read it."""
    shutil.copytree(source, target)
    return [Entry(path, document(article)) for path, article in articles_of(target)]


def make_corpus(target: Path, size: int, audience: str) -> Iterator[Entry]:
    """Write a content folder of `size` made articles; the same ones each time."""
    target.mkdir(parents=True)
    for name in ("authority.yml", "synonyms.yml"):
        shutil.copyfile(OWN / name, target / name)
    maker = _Maker([article for _, article in articles_of(OWN)])
    for number in range(size):
        entry, text = maker.make(number, audience)
        file = target / entry.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        yield entry


@cache
def made_up(rank: int) -> str:
    """The made-up word of a rank; three syllables or more."""
    rest = rank + len(_SYLLABLES) ** 2
    parts: list[str] = []
    while rest:
        rest, part = divmod(rest, len(_SYLLABLES))
        parts.append(_SYLLABLES[part])
    return "".join(parts)


def draw(luck: random.Random) -> str:
    """A made-up word by Zipf's law."""
    return made_up(min(int(luck.paretovariate(ZIPF)), 10**9))


class _Maker:
    def __init__(self, articles: list[Article]) -> None:
        self._articles = articles
        self._own = [_sentences(article) for article in articles]
        self._all = [sentence for sentences in self._own for sentence in sentences]
        headings = {one.heading for article in articles for one in article.sections if one.heading}
        self._headings = sorted(headings)

    def make(self, number: int, audience: str) -> tuple[Entry, str]:
        """An article and its Markdown."""
        luck = random.Random(f"{SEED} {number}")
        place = luck.randrange(len(self._articles))
        base = self._articles[place]
        kind = base.kind.value if base.kind.value in _FOLDERS else "guide"
        title = f"{base.title.rstrip('?.')} {luck.choice(('in', 'at', 'for'))} {draw(luck).title()}"
        questions = luck.sample(base.questions, min(len(base.questions), luck.randint(1, 3)))
        if questions and luck.random() < 0.5:
            questions[0] = f"{questions[0]} {draw(luck)}"
        tags = luck.sample(base.tags, min(len(base.tags), 3))
        summary = self._sentence(luck, place)
        sections: list[tuple[str, str]] = []
        length = 0
        wanted = WORDS * luck.uniform(0.6, 1.4)
        while length < wanted:
            said = [self._sentence(luck, place) for _ in range(luck.randint(2, 6))]
            sections.append((luck.choice(self._headings), " ".join(said)))
            length += len(sections[-1][1].split())
        sections[-1] = (sections[-1][0], f"{sections[-1][1]} Reference {10_000 + number}.")
        fields = {
            Field.TITLE: title,
            Field.QUESTIONS: "\n".join(questions),
            Field.TAGS: "\n".join(tags),
            Field.SUMMARY: summary,
            Field.HEADINGS: "\n".join(heading for heading, _ in sections[1:]),
            Field.BODY: "\n".join(text for _, text in sections),
        }
        key = f"made-{number:06}"
        path = f"{_FOLDERS.get(kind, 'guides')}/{number // 1000:03}/{key}.md"
        front = {"title": title, "audience": audience, "summary": summary}
        more = {"questions": questions, "tags": tags, "owner": "street-scene"}
        lines = [f"{name}: {json.dumps(value)}" for name, value in {**front, **more}.items()]
        body = "\n\n".join(
            text if not at else f"## {heading}\n\n{text}"
            for at, (heading, text) in enumerate(sections)
        )
        text = "\n".join(["---", *lines, "verified: 2026-06-01", "---", body, ""])
        return Entry(path, Document(key, kind, "", fields)), text

    def _sentence(self, luck: random.Random, place: int) -> str:
        """A sentence of one article as often as not, or of any."""
        own = self._own[place]
        said = luck.choice(own if own and luck.random() < 0.5 else self._all)
        return f"{said[:-1]} {draw(luck)}." if luck.random() < MADE_UP else said


def _sentences(article: Article) -> list[str]:
    parts = [part for one in article.sections for part in re.split(r"(?<=[.?!])\s+", one.text)]
    # Nothing that would be Markdown.
    plain = [" ".join(re.sub(r"[^\w\s.,;:'’?!£%()-]", " ", part).split()) for part in parts]
    return [part for part in plain if part[-1:] in set(".?!") and part[0].isalpha()]
