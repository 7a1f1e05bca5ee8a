"""YAML as the content uses it: small, plain, and every value with its line.

Read from the event stream (ruamel.yaml, YAML 1.2), so that size, depth, aliases and duplicate
keys are refused before anything is built. Scalars mean what is written: 012 is twelve, 12:30 is
text, and a date that is not on the calendar stays text for the caller to refuse.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

MAX_DEPTH = 20

Path = tuple[str | int, ...]

_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNUSABLE = re.compile("[\0\ud800-\udfff]")
"""What an escape can write and no file can hold."""
_NULLS = {"", "~", "null", "Null", "NULL"}
_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


class YamlProblem(Exception):
    """The text is not YAML that we accept; `line` counts from 1 in the text given."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


@dataclass
class Located:
    """A YAML document as plain values, and the line of each of them."""

    value: Any
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """The line of the value at `path`, or of the nearest thing around it."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)


@dataclass
class _Open:
    """A mapping or sequence that is still being read."""

    path: Path
    value: dict[str, Any] | list[Any]
    key: str | None = None


def read_yaml(text: str, first_line: int = 1) -> Located:
    """Read one document.

    Args:
        text: the YAML.
        first_line: the line of the file on which `text` begins.

    Raises:
        YamlProblem: with the fix in its message.
    """
    located = Located(None, {(): first_line})
    try:
        _build(text, first_line, located)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        what = (error.problem or "cannot be read").replace("\n", " ")
        raise YamlProblem(
            f"this is not YAML ({what}); {_hint(text, line - first_line)}", line
        ) from None
    except YAMLError as error:
        what = str(error).split("\n", 1)[0]
        raise YamlProblem(f"this is not YAML ({what}); remove that character", first_line) from None
    except (ValueError, OverflowError):  # of the scanner: \U00110000, %YAML 1111…
        raise YamlProblem(
            "this is not YAML (a character or version that there cannot be); "
            "remove the backslash or the line that begins with %",
            first_line,
        ) from None
    return located


def _hint(text: str, index: int) -> str:
    lines = text.split("\n")
    line = lines[index] if 0 <= index < len(lines) else ""
    if "\t" in line:
        return "use spaces, not tabs, to indent"
    if line.count(":") > 1 or ": " in line.partition(":")[2]:
        return 'put a text that has a colon in it between quotes, as in title: "Bins: when?"'
    return 'write each field as "name: value", quotes and brackets in pairs'


def _build(text: str, first_line: int, located: Located) -> None:
    stack: list[_Open] = []
    documents = 0
    for event in YAML(typ="safe", pure=True).parse(text):
        line = first_line + event.start_mark.line
        if isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise YamlProblem("a second YAML document begins here; keep to one", line)
        elif isinstance(event, AliasEvent):
            raise YamlProblem(
                f"an alias (*{event.anchor}) is not used here; write the value out", line
            )
        elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            if len(stack) >= MAX_DEPTH:
                raise YamlProblem(f"nested more than {MAX_DEPTH} deep; make it flatter", line)
            _refuse_tag(event, line)
            value: dict[str, Any] | list[Any] = {} if isinstance(event, MappingStartEvent) else []
            path = _place(stack, value, line, located)
            stack.append(_Open(path, value))
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            stack.pop()
        elif isinstance(event, ScalarEvent):
            _refuse_tag(event, line)
            if _UNUSABLE.search(event.value):
                raise YamlProblem(
                    "an escape here (as in \\ud800) is no character; write the text itself", line
                )
            top = stack[-1] if stack else None
            if top is not None and isinstance(top.value, dict) and top.key is None:
                if event.value in top.value:
                    raise YamlProblem(f'"{event.value}" stands here twice; keep one of them', line)
                top.key = str(event.value)
                located.lines[(*top.path, top.key)] = line
            else:
                _place(stack, _scalar(event), line, located)


def _place(stack: list[_Open], value: Any, line: int, located: Located) -> Path:
    """Put a value into what is open around it; its path comes back."""
    if not stack:
        located.value = value
        return ()
    top = stack[-1]
    if isinstance(top.value, list):
        top.value.append(value)
        path: Path = (*top.path, len(top.value) - 1)
    elif top.key is None:
        raise YamlProblem('a field\'s name is a list or mapping; write "name: value"', line)
    else:
        path = (*top.path, top.key)
        top.value[top.key] = value
        top.key = None
    located.lines.setdefault(path, line)
    return path


def _refuse_tag(event: Any, line: int) -> None:
    if event.tag is not None and event.tag != "!":
        raise YamlProblem(f"a YAML tag ({event.tag}) is not used here; remove it", line)


def _scalar(event: ScalarEvent) -> Any:
    text = str(event.value)
    if event.style is not None and event.style != "":
        return text
    if text in _NULLS:
        return None
    if text in _BOOLS:
        return _BOOLS[text]
    if _INT.fullmatch(text) and len(text) < 20:
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text
