"""An OpenAPI 3.1 document as what a page about it shows: operations, fields, answers."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from search_api.i18n import gettext as _

Schema = Mapping[str, Any]
_DEPTH = 8
"""As deep as fields are listed."""


@dataclass(frozen=True)
class Field:
    """A parameter, or a field of a body or an answer."""

    name: str
    """With the fields it stands in, as `results[].title`."""
    type: str
    """As `integer`, `string | null`, `list[string]` or `"service" | "faq"`."""
    where: str = ""
    """`path`, `query`, `header`; empty for a field of a body or an answer."""
    required: bool = False
    default: str | None = None
    """As JSON writes it; None where there is none."""
    bounds: str = ""
    """As `1 to 50` or `at most 200 characters`."""
    description: str = ""


@dataclass(frozen=True)
class Answer:
    """One way in which an operation answers."""

    status: int
    phrase: str
    description: str
    media_type: str
    fields: tuple[Field, ...]

    @property
    def is_error(self) -> bool:
        """Whether it says that something was wrong."""
        return self.status >= 400


@dataclass(frozen=True)
class Operation:
    """A method of an address."""

    method: str
    """In capitals."""
    path: str
    """With its parameters in braces."""
    summary: str
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    """The fields of the JSON to send; empty where none is sent."""
    answers: tuple[Answer, ...]

    @property
    def anchor(self) -> str:
        """The fragment of its place on the page."""
        words = self.path.replace("{", "").replace("}", "").strip("/").split("/")
        return "-".join([self.method.lower(), *words])


def operations(document: Schema) -> tuple[Operation, ...]:
    """The operations of a document, in its order."""
    return tuple(
        _operation(document, method.upper(), path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    )


def _operation(document: Schema, method: str, path: str, said: Schema) -> Operation:
    content = said.get("requestBody", {}).get("content", {})
    schemas = [one.get("schema", {}) for one in content.values()]
    return Operation(
        method=method,
        path=path,
        summary=said.get("summary", ""),
        parameters=tuple(_parameter(document, one) for one in said.get("parameters", ())),
        body=tuple(_fields(document, schemas[0])) if schemas else (),
        answers=tuple(
            _answer(document, int(status), answer)
            for status, answer in sorted(said["responses"].items(), key=lambda pair: int(pair[0]))
        ),
    )


def _parameter(document: Schema, said: Schema) -> Field:
    schema = said["schema"]
    return Field(
        name=said["name"],
        type=_type(document, schema),
        where=said["in"],
        required=said.get("required", False),
        default=_default(schema),
        bounds=_bounds(document, schema),
        description=said.get("description", ""),
    )


def _answer(document: Schema, status: int, said: Schema) -> Answer:
    content: dict[str, Schema] = said.get("content", {})
    schemas = [one.get("schema", {}) for one in content.values()]
    return Answer(
        status=status,
        phrase=HTTPStatus(status).phrase,
        description=said.get("description", ""),
        media_type=next(iter(content), ""),
        fields=tuple(_fields(document, schemas[0])) if schemas else (),
    )


def _fields(document: Schema, schema: Schema, prefix: str = "", depth: int = 0) -> Iterator[Field]:
    """The fields of an object, each followed by the fields in it."""
    for found in _alternatives(document, schema):
        if "items" in found:
            yield from _fields(document, found["items"], f"{prefix}[]", depth)
        required = found.get("required", ())
        for name, said in found.get("properties", {}).items() if depth < _DEPTH else ():
            full = f"{prefix}.{name}" if prefix else name
            yield Field(
                name=full,
                type=_type(document, said),
                required=name in required,
                default=_default(said),
                bounds=_bounds(document, said),
                description=said.get("description", ""),
            )
            yield from _fields(document, said, full, depth + 1)


def _alternatives(document: Schema, schema: Schema) -> list[Schema]:
    """What a schema may be: its references followed, without null."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return _alternatives(document, document["components"]["schemas"][name])
    parts = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf")
    if parts:
        return [one for part in parts for one in _alternatives(document, part)]
    return [] if schema.get("type") == "null" else [schema]


def _type(document: Schema, schema: Schema) -> str:
    names = list(dict.fromkeys(_plain(document, one) for one in _alternatives(document, schema)))
    if any(part.get("type") == "null" for part in schema.get("anyOf", ())):
        names.append("null")
    return " | ".join(names)


def _plain(document: Schema, schema: Schema) -> str:
    """The type of a schema that is no reference and has no alternatives."""
    if "enum" in schema:
        return " | ".join(map(_json, schema["enum"]))
    if "const" in schema:
        return _json(schema["const"])
    if "items" in schema:
        return f"list[{_type(document, schema['items'])}]"
    more = schema.get("additionalProperties")
    if isinstance(more, Mapping):
        return f"object[{_type(document, more)}]"
    return str(schema.get("format") or schema.get("type", "anything"))


def _default(schema: Schema) -> str | None:
    return _json(schema["default"]) if "default" in schema else None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _number(value: float) -> str:
    return f"{value:,.10g}"


def _bounds(document: Schema, schema: Schema) -> str:
    said: list[str] = []
    for found in _alternatives(document, schema):
        low, high = found.get("minimum"), found.get("maximum")
        if low is not None and high is not None:
            said.append(_("%(low)s to %(high)s") % {"low": _number(low), "high": _number(high)})
        elif low is not None:
            said.append(_("at least %(low)s") % {"low": _number(low)})
        elif high is not None:
            said.append(_("at most %(high)s") % {"high": _number(high)})
        if "maxLength" in found:
            number = _number(found["maxLength"])
            said.append(_("at most %(number)s characters") % {"number": number})
        if "pattern" in found:
            said.append(_("like %(pattern)s") % {"pattern": found["pattern"]})
    return ", ".join(said)
