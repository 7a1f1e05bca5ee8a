"""What commands show on a terminal: progress, problems, counts. Silent where output is piped."""

from pathlib import Path
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from kb.problems import Level, Problem

SHOWN_WARNINGS = 20

out = Console(highlight=False, soft_wrap=True)
"""Answers, on standard output."""
err = Console(stderr=True, highlight=False, soft_wrap=True)
"""Progress and problems, on standard error."""


class Steps:
    """Progress bars, one for each kind of step, while the block lasts."""

    def __init__(self) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self._bars = Progress(*columns, console=err, transient=True, disable=not err.is_terminal)
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show that `done` of `total` are done."""
        if self._bars.disable:
            return
        if what not in self._tasks:
            self._tasks[what] = self._bars.add_task(what, total=total)
        self._bars.update(self._tasks[what], completed=done, total=total)

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()


def counted(count: int, noun: str, nouns: str = "") -> str:
    """`1 article`, `2 articles`; where the plural is another, it is given."""
    return f"{count:,} {noun if count == 1 else nouns or f'{noun}s'}"


def located(content: Path, problem: Problem) -> str:
    """A problem with its path as seen from here, so that a terminal can open it."""
    return f"{content.as_posix().rstrip('/')}/{problem}"


def summary(problems: tuple[Problem, ...]) -> str:
    """How many problems there are of each level."""
    counts = [(level, sum(problem.level is level for problem in problems)) for level in Level]
    said = ", ".join(counted(count, level.value) for level, count in counts if count)
    return said or "no problems"


def print_problems(content: Path, problems: tuple[Problem, ...]) -> None:
    """Errors and faults in full, warnings as far as they fit a screen."""
    serious = [problem for problem in problems if problem.level is not Level.WARNING]
    warnings = [problem for problem in problems if problem.level is Level.WARNING]
    for problem in [*serious, *warnings[:SHOWN_WARNINGS]]:
        err.print(located(content, problem), markup=False, emoji=False)
    if len(warnings) > SHOWN_WARNINGS:
        err.print(f"… and {counted(len(warnings) - SHOWN_WARNINGS, 'more warning')}; see: kb check")
