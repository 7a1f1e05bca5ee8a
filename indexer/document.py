"""What an engine indexes: the words of an article, field by field."""

from dataclasses import dataclass
from enum import StrEnum

from kb.article import Article


class Field(StrEnum):
    """The parts of an article that weigh differently."""

    TITLE = "title"
    QUESTIONS = "questions"
    TAGS = "tags"
    SUMMARY = "summary"
    HEADINGS = "headings"
    BODY = "body"


@dataclass(frozen=True)
class Document:
    """An article and its translations, as an engine sees them."""

    key: str
    kind: str
    service: str
    """The service it belongs to: its own id for a service; empty for none."""
    fields: dict[Field, str]


def document(article: Article, translations: tuple[Article, ...] = ()) -> Document:
    """The document of an article; its translations make it findable in their words too."""
    fields: dict[Field, list[str]] = {field: [] for field in Field}
    for version in (article, *translations):
        fields[Field.TITLE].append(version.title)
        fields[Field.QUESTIONS] += version.questions
        fields[Field.TAGS] += (*version.tags, *version.a_z)
        fields[Field.SUMMARY].append(version.summary)
        for section in version.sections:
            fields[Field.HEADINGS].append(section.heading)
            fields[Field.BODY].append(section.text)
        fields[Field.BODY] += _other_words(version)
    return Document(
        key=article.id,
        kind=article.kind,
        service=article.id if article.kind == "service" else article.service or "",
        fields={field: "\n".join(filter(None, texts)) for field, texts in fields.items()},
    )


def _other_words(article: Article) -> list[str]:
    """What an article says outside its text."""
    return [
        article.standard,
        article.address,
        *(action.label for action in article.actions),
        *article.ask,
        *(step.ask for step in article.steps),
        *(answer.label for step in article.steps for answer in step.answers),
    ]
