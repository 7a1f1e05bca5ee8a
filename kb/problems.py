"""Problems of the content, at three levels, in words an editor can act on."""

from enum import StrEnum

from kb.article import Frozen


class Level(StrEnum):
    """What a problem costs."""

    ERROR = "error"
    """The article is in no edition."""
    FAULT = "fault"
    """The article is published without that field."""
    WARNING = "warning"
    """Worth mending; nothing is lost but what the message says."""


class Problem(Frozen):
    """One thing that is wrong, where, and how to put it right."""

    level: Level
    path: str
    """Relative to the content folder, with forward slashes."""
    line: int
    """From 1."""
    message: str
    """What is wrong and, after a semicolon or full stop, the fix."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.level}: {self.message}"


def sort_key(problem: Problem) -> tuple[str, int, str]:
    """By file and line, the order in which an editor works through them."""
    return (problem.path, problem.line, problem.message)
