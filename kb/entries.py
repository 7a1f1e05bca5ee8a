"""Reading the content's other YAML files: entry by entry, so that one bad one costs only itself."""

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from kb.problems import Level, Problem
from kb.yamlfile import Located, Path, YamlProblem, read_yaml

MAX_BYTES = 1024 * 1024

EntryType = TypeVar("EntryType", bound="Entry")


class Entry(BaseModel):
    """One entry as an editor writes it."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def _as_list(written: object) -> object:
    return [written] if isinstance(written, str) else written


Phrases = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
"""A list of texts; one text alone may be written without the brackets."""


class EntryReader:
    """Reads one file, collecting its problems."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def report(self, level: Level, line: int, message: str) -> None:
        """Note a problem of this file."""
        self.problems.append(Problem(level=level, path=self.path, line=line, message=message))

    def text(self, data: bytes) -> str | None:
        """Decode the file, or report why it cannot be."""
        if len(data) > MAX_BYTES:
            self.report(Level.ERROR, 1, "this file is over 1 MB; take out what is not needed")
            return None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            self.report(Level.ERROR, line, "this line is not UTF-8; save the file as UTF-8")
            return None
        if "\0" in text:
            self.report(Level.ERROR, 1, "this is not text (a NUL byte); save it as UTF-8")
            return None
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def located(self, data: bytes) -> Located | None:
        """The YAML of the file, or None with the problem reported."""
        text = self.text(data)
        if text is None:
            return None
        try:
            return read_yaml(text)
        except YamlProblem as problem:
            self.report(Level.ERROR, problem.line, problem.message)
            return None

    def entries(self, data: bytes, model: type[EntryType]) -> list[tuple[int, EntryType]]:
        """The good entries of a file that is one list, each with its line."""
        located = self.located(data)
        if located is None or located.value is None:
            return []
        if not isinstance(located.value, list):
            self.report(Level.ERROR, 1, 'this file is one list; begin each entry with "- "')
            return []
        good: list[tuple[int, EntryType]] = []
        for index, value in enumerate(located.value):
            entry = self.entry(value, model, located, (index,))
            if entry is not None:
                good.append((located.line((index,)), entry))
        return good

    def entry(
        self, value: Any, model: type[EntryType], located: Located, at: Path = ()
    ) -> EntryType | None:
        """One entry, or None with its problems reported as faults."""
        try:
            return model.model_validate(value)
        except ValidationError as error:
            for item in error.errors(include_url=False):
                where: Path = (*at, *item["loc"])
                name = ".".join(str(part) for part in item["loc"]) or "entry"
                said = item["msg"].removeprefix("Value error, ")
                message = (
                    f"{name}: {said[:1].lower()}{said[1:]}; put it right, or it stays left out"
                )
                self.report(Level.FAULT, located.line(where), message)
            return None
