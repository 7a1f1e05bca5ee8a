"""Articles and documents made by hand, for what is tested below publishing."""

from typing import Any

from indexer.document import Document, Field
from kb.article import Article, Audience, Kind, Section


def article(article_id: str = "missed-bin", **fields: Any) -> Article:
    """An article that has only what a test needs."""
    given = {"language": "en", "title": "A title", "kind": Kind.FAQ, "audience": Audience.PUBLIC}
    return Article(id=article_id, **{**given, **fields})


def section(text: str, heading: str = "", audience: Audience = Audience.PUBLIC) -> Section:
    """A section whose anchor is its heading in lower case."""
    return Section(
        anchor=heading.lower().replace(" ", "-"),
        heading=heading,
        level=2,
        audience=audience,
        html=f"<p>{text}</p>",
        text=text,
    )


def document(key: str, *, kind: str = "faq", service: str = "", **fields: str) -> Document:
    """A document with the fields named, as `title="…"`, and the others empty."""
    texts = {field: fields.pop(field.value, "") for field in Field}
    assert not fields, f"no such field: {fields}"
    return Document(key, kind, service, texts)
