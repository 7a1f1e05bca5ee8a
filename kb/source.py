"""One Markdown file: from bytes to a draft, with every problem that the file alone shows."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from kb.article import Frozen, Kind, Section
from kb.fences import FenceProblem, cut
from kb.folder import FoundFile
from kb.frontmatter import ID_PATTERN, FrontMatter, Report, validate
from kb.markdown import Link, render
from kb.problems import Level, Problem
from kb.yamlfile import Located, YamlProblem, read_yaml

MAX_ARTICLE = 512 * 1024
MAX_FRONT_MATTER = 16 * 1024

_KINDS = {
    "services": Kind.SERVICE,
    "faqs": Kind.FAQ,
    "guides": Kind.GUIDE,
    "places": Kind.PLACE,
}
_STEM = re.compile(rf"({ID_PATTERN})(?:\.([a-z]{{2,3}}))?")


class Draft(Frozen):
    """What one good file says, before it is known what else there is."""

    path: str
    id: str
    language: str
    kind: Kind
    front: FrontMatter
    lines: dict[str, int]
    """The line of each field written, and of the entries of lists as `related.0`."""
    links: tuple[Link, ...]

    def line(self, *path: str | int) -> int:
        """The line of a field, or of an entry of one."""
        return self.lines.get(".".join(map(str, path))) or self.lines.get(str(path[0]), 1)


class Source(Frozen):
    """A file as last read: its fingerprint, its draft where it is good, and its problems."""

    path: str
    size: int
    mtime_ns: int
    read_ns: int
    """When it was read: one changed in the same instant may change again unseen."""
    digest: str
    draft: Draft | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Parsed:
    """A file just parsed: the source to keep, and the rendered sections to publish."""

    source: Source
    sections: tuple[Section, ...] = ()


class _Refused(Exception):
    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def digest_of(data: bytes) -> str:
    """The fingerprint of a file's bytes."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def parse(found: FoundFile, data: bytes, read_ns: int = 0) -> Parsed:
    """Parse one article file.

    Args:
        found: the file as the walk saw it.
        data: its bytes; anything over `MAX_ARTICLE` is refused.
        read_ns: when they were read, nanoseconds since 1970.
    """
    path = found.path
    problems: list[Problem] = []

    def report(level: Level, line: int, message: str) -> None:
        problems.append(Problem(level=level, path=path, line=line, message=message))

    draft: Draft | None = None
    sections: tuple[Section, ...] = ()
    try:
        draft, sections = _draft(path, data, report)
    except _Refused as refused:
        report(Level.ERROR, refused.line, refused.message)
    source = Source(
        path=path,
        size=found.size,
        mtime_ns=found.mtime_ns,
        read_ns=read_ns,
        digest=digest_of(data),
        draft=draft,
        problems=tuple(problems),
    )
    return Parsed(source, sections)


def _draft(path: str, data: bytes, report: Report) -> tuple[Draft | None, tuple[Section, ...]]:
    lines = _text(data).split("\n")
    fields, body_at = _split(lines)
    try:
        public, blocks = cut(lines)
    except FenceProblem as problem:
        raise _Refused(problem.message, problem.line + 1) from None
    if blocks and blocks[0].first <= body_at:
        raise _Refused(
            "a staff block cannot stand in the front matter; move it below", blocks[0].first
        )
    try:
        located = read_yaml("\n".join(fields), first_line=2)
    except YamlProblem as problem:
        raise _Refused(problem.message, problem.line) from None

    pure = PurePosixPath(path)
    default_kind = next((_KINDS[part] for part in pure.parts[:-1] if part in _KINDS), Kind.GUIDE)
    front = validate(located, default_kind, report)
    if front is None:
        return None, ()
    article_id, language = _identity(pure, front, located)

    body_blocks = [type(block)(block.first - body_at, block.lines) for block in blocks]
    body = render(public[body_at:], body_blocks, first_line=body_at + 1)
    if not body.sections:
        report(
            Level.WARNING, body_at + 1, "there is no text below the front matter; write the answer"
        )
    written = {".".join(map(str, where)): line for where, line in located.lines.items() if where}
    draft = Draft(
        path=path,
        id=article_id,
        language=language,
        kind=front.kind or default_kind,
        front=front,
        lines=written,
        links=body.links,
    )
    return draft, body.sections


def _text(data: bytes) -> str:
    if len(data) > MAX_ARTICLE:
        raise _Refused("this file is over 512 KB; split it, or put it into files/ as an attachment")
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise _Refused("this is not text (it holds a NUL byte); save it as UTF-8", line)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _Refused(
            "this line is not UTF-8; save the file with the encoding UTF-8", line
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _split(lines: list[str]) -> tuple[list[str], int]:
    """The lines of the front matter, and the index of the first line of the body."""
    if lines[0].rstrip() != "---":
        raise _Refused('the first line must be "---", and the fields follow; add them at the top')
    for index in range(1, len(lines)):
        if lines[index].rstrip() == "---":
            fields = lines[1:index]
            break
    else:
        raise _Refused('the front matter is never closed; put a line "---" below the last field')
    if sum(len(line.encode()) + 1 for line in fields) > MAX_FRONT_MATTER:
        raise _Refused("the front matter is over 16 KB; move text from it into the body", 2)
    return fields, index + 1


def _identity(path: PurePosixPath, front: FrontMatter, located: Located) -> tuple[str, str]:
    """The id and language, from the field and the file's name."""
    match = _STEM.fullmatch(path.name.removesuffix(path.suffix))
    if match is None and front.id is None:
        raise _Refused(
            f'the file name "{path.name}" gives no id; rename it to a-z, 0-9 and hyphens '
            'as in missed-bin.md, or add "id: …"',
            located.line(("id",)),
        )
    language = (match[2] if match else None) or "en"
    return front.id or (match[1] if match else ""), language
