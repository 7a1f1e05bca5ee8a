"""The front matter of an article: one model, and each field's problem at its own line."""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictInt,
    StrictStr,
    StringConstraints,
    ValidationError,
)
from rapidfuzz import fuzz, process

from kb.article import Audience, Kind
from kb.hours import OpeningHours
from kb.problems import Level
from kb.yamlfile import Located

ID_PATTERN = r"[a-z0-9][a-z0-9-]*"
_SCHEMES = ("https://", "http://", "mailto:", "tel:")


def _date(written: object) -> object:
    if isinstance(written, date):
        return written
    if isinstance(written, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", written):
        try:
            return date.fromisoformat(written)
        except ValueError:
            raise ValueError(f"{written} is not on the calendar") from None
    raise ValueError(f'"{written}" is not a date; write it as 2026-10-01')


def _url(written: str) -> str:
    address = written.strip()
    if not address.lower().startswith(_SCHEMES):
        raise ValueError(f'"{written}" is not an address; begin it with https://, mailto: or tel:')
    return address


def _id(written: str) -> str:
    if re.fullmatch(ID_PATTERN, written) is None:
        raise ValueError(f'"{written}" is not an id; use a-z, 0-9 and hyphens, as in missed-bin')
    return written


def _hours(written: object) -> OpeningHours:
    return written if isinstance(written, OpeningHours) else OpeningHours.read(written)


Text = Annotated[StrictStr, StringConstraints(strip_whitespace=True, min_length=1)]
Texts = tuple[Text, ...]
Id = Annotated[StrictStr, AfterValidator(_id)]
Day = Annotated[date, BeforeValidator(_date)]
Hours = Annotated[OpeningHours, BeforeValidator(_hours)]
Url = Annotated[Text, AfterValidator(_url)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ActionField(_Part):
    """An entry of `actions`."""

    label: Text
    url: Url
    kind: Literal["online", "telephone", "visit"]


class AnswerField(_Part):
    """An entry of a step's `answers`."""

    label: Text
    go: Id


class StepField(_Part):
    """An entry of `steps`."""

    id: Id
    ask: Text
    answers: tuple[AnswerField, ...] = ()


class FrontMatter(BaseModel):
    """Every field an article can have, as section 3 of the content format describes them."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    id: Id | None = None
    title: Text
    kind: Kind | None = None
    audience: Audience
    summary: Text | None = None
    questions: Texts = ()
    tags: Texts = ()
    a_z: Texts = ()
    service: Id | None = None
    lgsl: Annotated[StrictInt, Field(ge=1, le=99_999)] | None = None
    provider: Id | None = None
    promoted_for: Texts = ()
    actions: tuple[ActionField, ...] = ()
    standard: Text | None = None
    number: Annotated[StrictStr, StringConstraints(pattern=r"^\d{1,3}-\d{1,4}$")] | None = None
    service_code: Text | None = None
    owner: Id | None = None
    verified: Day | None = None
    review_by: Day | None = None
    after_review: Literal["keep", "withdraw"] = "keep"
    from_: Annotated[Day | None, Field(alias="from")] = None
    until: Day | None = None
    related: tuple[Id, ...] = ()
    address: Text | None = None
    hours: Hours | None = None
    services: tuple[Id, ...] = ()
    ask: Texts = ()
    steps: tuple[StepField, ...] = ()


FIELDS = tuple(field.alias or name for name, field in FrontMatter.model_fields.items())
FATAL = {"id", "title", "audience", "from", "until"}
"""Without a good one of these the article is published nowhere."""

_ONLY_FOR = {
    "address": Kind.PLACE,
    "hours": Kind.PLACE,
    "services": Kind.PLACE,
    "ask": Kind.GUIDE,
    "steps": Kind.GUIDE,
}

Report = Callable[[Level, int, str], None]
"""Called with level, line and message of each problem."""


def validate(located: Located, default_kind: Kind, report: Report) -> FrontMatter | None:
    """Validate what was read; None where the article cannot be published.

    Fields with a fault are reported and left out, so that one bad date does not cost an article.
    """
    if not isinstance(located.value, dict):
        report(
            Level.ERROR,
            located.line(()),
            'the front matter has no fields; write "title: …" and "audience: public"',
        )
        return None
    data = {name: value for name, value in located.value.items() if value is not None}
    _drop_unknown(data, located, report)
    _drop_misplaced(data, default_kind, located, report)
    try:
        return FrontMatter.model_validate(data)
    except ValidationError as error:
        fatal = _report_fields(error, data, located, report)
    return None if fatal else FrontMatter.model_validate(data)


def _drop_unknown(data: dict[str, Any], located: Located, report: Report) -> None:
    for name in [name for name in data if name not in FIELDS]:
        near = process.extractOne(name.lower(), FIELDS, scorer=fuzz.ratio, score_cutoff=65)
        fix = (
            f'did you mean "{near[0]}"?' if near else "remove it, or look it up in docs/editors.md"
        )
        level = Level.FAULT
        report(level, located.line((name,)), f'there is no field "{name}"; {fix}')
        del data[name]


def _drop_misplaced(data: dict[str, Any], default: Kind, located: Located, report: Report) -> None:
    kind = data.get("kind", default)
    for name, only in _ONLY_FOR.items():
        if name in data and kind != only:
            message = (
                f'"{name}" is for a {only}, and this is a {kind}; remove it, or set kind: {only}'
            )
            report(Level.FAULT, located.line((name,)), message)
            del data[name]


def _report_fields(
    error: ValidationError, data: dict[str, Any], located: Located, report: Report
) -> bool:
    """Report each field once, drop it from `data`, and say whether one was fatal."""
    fatal = False
    seen: set[str] = set()
    for item in error.errors(include_url=False):
        name = str(item["loc"][0])
        if name in seen:
            continue
        seen.add(name)
        written = name in data
        level = Level.ERROR if name in FATAL else Level.FAULT
        fatal = fatal or level is Level.ERROR
        line = located.line(tuple(item["loc"])) if written else located.line(())
        report(level, line, _message(name, written, item))
        data.pop(name, None)
    return fatal


def _message(name: str, written: bool, item: Any) -> str:
    value = item.get("input")
    if name == "audience":
        said = f'audience "{value}" is not known' if written else "audience is missing"
        return f'{said}; write "audience: public" or "audience: staff"'
    if name == "title":
        if not written:
            return 'title is missing; write "title: …" in the front matter'
        if isinstance(value, str):
            return "title is empty; write what the article is called"
        return f'title is not text; put it between quotes, as in title: "{value}"'
    return f"{name}: {_plain(item, value)}"


def _plain(item: Any, value: object) -> str:
    """The problem of one value in an editor's words."""
    kind = item["type"]
    if kind == "value_error":
        return str(item["ctx"]["error"])
    if kind == "string_type":
        return f'"{value}" is not text; put it between quotes'
    if kind == "tuple_type":
        return f'"{value}" is not a list; write it as [first, second], or a line each with "- "'
    if kind in ("enum", "literal_error"):
        return f'"{value}" is not known; use {item["ctx"]["expected"]}'
    if kind == "missing":
        return f'"{item["loc"][-1]}" is missing'
    if kind == "extra_forbidden":
        return f'there is no "{item["loc"][-1]}" here; remove it'
    if kind == "string_too_short":
        return "is empty; write something, or remove the field"
    if kind == "string_pattern_mismatch":
        return f'"{value}" is not of the form 4-217'
    if kind.startswith(("int", "greater", "less")):
        return f'"{value}" is not a whole number from 1 to 99999; write it without quotes'
    if kind == "model_type":
        return f'"{value}" is not a set of fields; write it as {{name: value, …}}'
    return f'"{value}" cannot be used: {item["msg"]}'
