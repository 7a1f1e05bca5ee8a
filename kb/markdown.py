"""Markdown to sections: headings split it, links are noted, what is rendered is sanitised.

Links between articles are rendered as `kb:<target>` and pointed to their place, or taken away,
by `resolve` when it is known what the edition holds.
"""

import html as htmllib
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from kb.article import Audience, Frozen, Section
from kb.fences import StaffBlock

_ELSEWHERE = re.compile(r"(https?:|mailto:|tel:|//)", re.IGNORECASE)
_LINK = re.compile(r'<a href="kb:([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_IMAGE = re.compile(r'<img src="kb:([^"]*)" alt="([^"]*)"([^>]*)>')
_MAX_HEADING = 3
_TAGS = {
    *("p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li"),
    *("dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "a", "img"),
    *("h4", "h5", "h6", "sup", "section"),
}
_ATTRIBUTES = {
    "a": {"href", "title", "id"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "li": {"id"},
    "sup": {"class"},
    "section": {"class"},
}
_SANITISER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https", "mailto", "tel", "kb"},
    link_rel=None,
)


class Link(Frozen):
    """A link to something of our own: an article's id, or an attachment's path."""

    target: str
    line: int
    audience: Audience


@dataclass(frozen=True)
class Body:
    """A rendered body whose links are not yet resolved, sections in order of the source."""

    sections: tuple[Section, ...]
    links: tuple[Link, ...]


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "typographer": False, "maxNesting": 100})
    parser.enable(["table", "strikethrough"])
    return parser.use(footnote_plugin).use(deflist_plugin)


_MARKDOWN = _parser()


def render(public: Sequence[str], blocks: Sequence[StaffBlock], first_line: int) -> Body:
    """Render a body.

    Args:
        public: its lines, blank where staff blocks were cut out.
        blocks: the staff blocks; each becomes sections behind the public one it stands in.
        first_line: the line of the file on which the body begins.
    """
    anchors: dict[str, int] = {}
    env: dict[str, Any] = {}
    placed, links = _sections("\n".join(public), first_line, Audience.PUBLIC, env, anchors)
    for number, block in enumerate(blocks, 1):
        inner: dict[str, Any] = {
            "references": dict(env.get("references", {})),
            "docId": f"staff{number}",
        }
        start = first_line + block.first
        text = "\n".join(block.lines)
        more, more_links = _sections(text, start, Audience.STAFF, inner, anchors)
        placed += more
        links += more_links
    placed.sort(key=lambda pair: pair[0])
    return Body(tuple(section for _, section in placed), tuple(links))


def _sections(
    text: str, first_line: int, audience: Audience, env: dict[str, Any], anchors: dict[str, int]
) -> tuple[list[tuple[int, Section]], list[Link]]:
    tokens = _MARKDOWN.parse(text, env)
    links = _note_links(tokens, first_line, audience)
    placed: list[tuple[int, Section]] = []
    heading, level, anchor, line = "", 2, "", first_line
    if audience is Audience.STAFF:
        anchor = _anchor("staff", anchors)
    pending: list[Token] = []

    def close() -> None:
        section = _section(pending, heading, level, anchor, audience, env)
        if section.text or section.heading:
            placed.append((line, section))

    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type == "heading_open" and token.level == 0 and int(token.tag[1]) <= _MAX_HEADING:
            close()
            inline = tokens[index + 1]
            heading, level = _inline_text(inline), max(2, int(token.tag[1]))
            anchor, pending = _anchor(heading, anchors), []
            line = first_line + (token.map[0] if token.map else 0)
            index += 3
            continue
        pending.append(token)
        index += 1
    close()
    return placed, links


def _section(
    tokens: list[Token],
    heading: str,
    level: int,
    anchor: str,
    audience: Audience,
    env: dict[str, Any],
) -> Section:
    rendered = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, env)
    return Section(
        anchor=anchor,
        heading=heading,
        level=level,
        audience=audience,
        html=_SANITISER.clean(rendered).strip(),
        text="\n".join(_texts(tokens)),
    )


def _texts(tokens: Sequence[Token]) -> list[str]:
    """The plain text of each block, white space single."""
    texts: list[str] = []
    for token in tokens:
        if token.type == "inline":
            text = _inline_text(token)
        elif token.type in ("fence", "code_block"):
            text = " ".join(token.content.split())
        else:
            continue
        if text:
            texts.append(text)
    return texts


def _inline_text(token: Token) -> str:
    parts: list[str] = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "image":
            parts.append(child.content)
    return " ".join("".join(parts).split())


def _anchor(heading: str, taken: dict[str, int]) -> str:
    """A fragment of its own for a heading; `taken` counts how often each was asked for."""
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "section"
    anchor, count = stem, taken.get(stem, 1)
    while anchor in taken:
        count += 1
        anchor = f"{stem}-{count}"
    taken[stem] = count
    taken.setdefault(anchor, 1)
    return anchor


def _note_links(tokens: Sequence[Token], first_line: int, audience: Audience) -> list[Link]:
    """Mark our own links with `kb:` in the token stream, and list them."""
    links: list[Link] = []
    line = first_line
    for token in tokens:
        if token.map:
            line = first_line + token.map[0]
        for child in token.children or ():
            name = {"link_open": "href", "image": "src"}.get(child.type)
            if name is None:
                continue
            href = str(child.attrGet(name) or "")
            elsewhere = _ELSEWHERE.match(href) is not None
            if child.type == "link_open" and (href.startswith("#") or elsewhere):
                continue
            target = href if elsewhere else link_target(href)
            child.attrSet(name, f"kb:{target}")
            links.append(Link(target=target, line=line, audience=audience))
    return links


def link_target(href: str) -> str:
    """What an address between articles means: an id, `files/…`, or what was written.

    `missed-bin`, `missed-bin.md`, `../faqs/missed-bin.md#when` and `/articles/missed-bin` all
    mean the article `missed-bin`.
    """
    path = unquote(re.split(r"[?#]", href, maxsplit=1)[0]).strip()
    bare = re.sub(r"^(\.{1,2}/)+", "", path)
    if bare.startswith("/articles/"):
        bare = bare.removeprefix("/articles/")
    elif bare.startswith("/files/"):
        bare = bare.removeprefix("/")
    if bare.startswith("files/") or bare.startswith("/"):
        return bare or href
    return bare.rsplit("/", 1)[-1].removesuffix(".md") or href


def resolve(section: Section, locate: Callable[[str], str | None]) -> Section:
    """Point a section's own links to their places.

    Args:
        section: as `render` made it.
        locate: gives the address of a target in the edition; None takes the link away and
            leaves its text.
    """
    if '="kb:' not in section.html:
        return section

    def link(match: re.Match[str]) -> str:
        target, rest, text = match.groups()
        address = locate(htmllib.unescape(target))
        if address is None:
            return text
        return f'<a href="{quote(address)}"{rest}>{text}</a>'

    def image(match: re.Match[str]) -> str:
        target, alternative, rest = match.groups()
        address = locate(htmllib.unescape(target))
        if address is None:
            return alternative
        return f'<img src="{quote(address)}" alt="{alternative}"{rest}>'

    return section.model_copy(update={"html": _LINK.sub(link, _IMAGE.sub(image, section.html))})
