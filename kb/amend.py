"""One wording added to the `questions` of an article's source, and nothing else touched.

Where it goes is read from YAML's own events, so that lists of every style, comments and line ends
stay as their editor wrote them. Whatever comes out is parsed again before anybody gets it.
"""

import json
import re
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from kb.folder import FoundFile
from kb.source import Draft, Parsed, parse
from kb.yamlfile import YamlProblem, read_yaml

FIELD = "questions"

_FIRST_LINE = re.compile(r"\ufeff?---[^\S\r\n]*\r?\n")
_LAST_LINE = re.compile(r"^---[^\S\n]*$", re.MULTILINE)
_PLAIN = re.compile(r"[^\W_][\w '’.?!£&/()+;,-]*")
"""What needs no quotes; less than YAML allows, so that no reader takes it for something else."""
_OTHER_VALUES = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}


class CannotAmend(Exception):
    """The wording was not added; the message says why, in an editor's words."""


class _List(NamedTuple):
    """Where the field's value stands in the front matter; offsets into its text."""

    start: int
    """Of nothing at all: the end of the field's name."""
    end: int
    flow: bool
    items: tuple[Any, ...]
    """The event of each entry, as far as they are plain texts."""


def amend(found: FoundFile, data: bytes, wording: str) -> bytes:
    """Add a wording to the `questions` of an article.

    Args:
        found: the file as the walk saw it.
        data: its bytes.
        wording: one line of text.

    Raises:
        CannotAmend: if that cannot be done without changing something else.
    """
    if not wording.isprintable() or wording != " ".join(wording.split()) or not wording:
        raise CannotAmend("it holds a character that cannot be written on a line")
    before = parse(found, data)
    if before.source.draft is None:
        raise CannotAmend("the article has an error; mend it first (kb check)")
    text = data.decode()
    first = _FIRST_LINE.match(text)
    last = _LAST_LINE.search(text, first.end()) if first else None
    if first is None or last is None:
        raise CannotAmend("its lines do not end as usual; save the file with ordinary line ends")
    start, end = first.end(), last.start()
    try:
        front = _added(text[start:end], wording)
    except YAMLError as error:
        raise CannotAmend("its front matter cannot be read") from error
    changed = (text[:start] + front + text[end:]).encode()
    after = parse(found, changed)
    if after.source.draft is None:
        problem = after.source.problems[-1].message
        raise CannotAmend(f"the article would then have an error: {problem}")
    if not _is_all(before, after, wording):
        raise CannotAmend("the file would then say something else besides; add it by hand")
    return changed


def yaml_line(wording: str) -> str:
    """The line that adds a wording to a list of `questions`, for an editor to copy."""
    return f"  - {_written(wording, '')}"


def _is_all(before: Parsed, after: Parsed, wording: str) -> bool:
    """Whether two readings of a file differ by that wording and the lines of what follows it."""
    old, new = before.source.draft, after.source.draft
    if old is None or new is None:
        return False
    wanted = old.front.model_copy(update={FIELD: (*old.front.questions, wording)})
    return (
        new.front == wanted
        and _apart_from_lines(old) == _apart_from_lines(new)
        and before.sections == after.sections
        and [(p.level, p.message) for p in before.source.problems]
        == [(p.level, p.message) for p in after.source.problems]
    )


def _apart_from_lines(draft: Draft) -> object:
    links = [(link.target, link.audience) for link in draft.links]
    return draft.path, draft.id, draft.language, draft.kind, links


def _added(front: str, wording: str) -> str:
    """The front matter with the wording."""
    newline = "\r\n" if "\r\n" in front else "\n"
    indent, value = _find(front)
    if value is None:
        if front and not front.endswith("\n"):
            raise CannotAmend("its front matter does not end with a line of its own")
        quote = _written(wording, "")
        return f"{front}{indent}{FIELD}:{newline}{indent}  - {quote}{newline}"
    if value.flow:
        return _into_flow(front, value, wording, newline)
    if not value.items:  # the field stands there with nothing, or null, behind it
        rest = front[value.end :].partition("\n")
        item = f"{indent}  - {_written(wording, '')}{newline}"
        return f"{front[: value.start].rstrip(' ')}{rest[0]}{rest[1]}{item}{rest[2]}"
    last = value.items[-1]
    at = last.end_mark.index
    if last.style not in ("|", ">"):  # those end where the next line begins
        at = front.find("\n", at) + 1 or len(front)
    line_start = front.rfind("\n", 0, last.start_mark.index) + 1
    bullet = front[line_start : last.start_mark.index]
    if not re.fullmatch(r" *- +", bullet):
        bullet = " " * (value.start - front.rfind("\n", 0, value.start) - 1) + "- "
    return f"{front[:at]}{bullet}{_written(wording, last.style)}{newline}{front[at:]}"


def _into_flow(front: str, value: _List, wording: str, newline: str) -> str:
    if not value.items:
        at = value.start + 1
        return f"{front[:at]}{_written(wording, '', flow=True)}{front[at:]}"
    last = value.items[-1]
    at = last.end_mark.index
    line_start = front.rfind("\n", 0, last.start_mark.index) + 1
    before = front[line_start : last.start_mark.index]
    # An entry that has its line to itself is followed by one that has.
    apart = f",{newline}{before}" if not before.strip() else ", "
    return f"{front[:at]}{apart}{_written(wording, last.style, flow=True)}{front[at:]}"


def _find(front: str) -> tuple[str, _List | None]:
    """The indentation of the fields, and where the value of ours stands; None for nowhere."""
    events = iter(YAML(typ="safe", pure=True).parse(front))
    top = next(event for event in events if isinstance(event, MappingStartEvent))
    if top.flow_style:
        raise CannotAmend("its fields stand between braces; write each on a line of its own")
    indent = ""
    depth, key, named = 0, None, 0
    for event in events:
        if depth == 0 and key is None and isinstance(event, ScalarEvent):
            key, indent = event.value, " " * event.start_mark.column
            named = event.end_mark.index
            continue
        if depth == 0 and key == FIELD:
            return indent, _value(event, events, named)
        if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            depth += 1
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            depth -= 1
        if depth == 0:
            key = None
    return indent, None


def _value(event: Any, events: Any, named: int) -> _List:
    if isinstance(event, ScalarEvent) and not event.value and event.style in (None, ""):
        return _List(named, named, False, ())
    if isinstance(event, ScalarEvent) and event.value in ("~", "null", "Null", "NULL"):
        return _List(event.start_mark.index, event.end_mark.index, False, ())
    if not isinstance(event, SequenceStartEvent):
        raise CannotAmend(f"its `{FIELD}` is not a list; mend it first (kb check)")
    items: list[Any] = []
    for item in events:
        if isinstance(item, SequenceEndEvent):
            break
        if not isinstance(item, ScalarEvent):
            raise CannotAmend(f"its `{FIELD}` holds more than texts; mend it first (kb check)")
        items.append(item)
    return _List(event.start_mark.index, event.end_mark.index, bool(event.flow_style), tuple(items))


def _written(wording: str, style: str | None, *, flow: bool = False) -> str:
    """The wording as YAML: in the quotes of its neighbour, else plain where that is safe."""
    if style == "'":
        return "'" + wording.replace("'", "''") + "'"
    if style == '"' or not _may_be_plain(wording, flow):
        return json.dumps(wording, ensure_ascii=False)
    return wording


def _may_be_plain(wording: str, flow: bool) -> bool:
    if _PLAIN.fullmatch(wording) is None or wording.lower() in _OTHER_VALUES:
        return False
    if (flow and "," in wording) or (wording[0].isdigit() and " " not in wording):
        return False
    try:
        return bool(read_yaml(f"[{wording}]" if flow else f"- {wording}").value == [wording])
    except YamlProblem:
        return False
