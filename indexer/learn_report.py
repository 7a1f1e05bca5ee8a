"""What the misses of a bank teach: for people as a list, for programs as JSON."""

import shlex
from pathlib import Path

from indexer.learn import Addition, LeftOut, Lesson
from kb.terminal import counted


def as_lines(lesson: Lesson, content: Path) -> list[str]:
    """The additions by article and what was left out, a line each."""
    lines: list[str] = []
    for path in sorted({addition.path for addition in lesson.additions}):
        lines.append(f"{content.as_posix().rstrip('/')}/{path}")
        own = (addition for addition in lesson.additions if addition.path == path)
        lines += [f"  + {addition.wording}  ({_why(addition)})" for addition in own]
    if lesson.left_out:
        lines += [*([""] if lines else []), "Left out:"]
        lines += [f"  {_shown(left)}: {left.reason}" for left in lesson.left_out]
    return lines or ["Every question was found among the first three: nothing to add."]


def as_json(lesson: Lesson) -> dict[str, object]:
    """What `kb shop --learn FILE --json` prints."""
    return {
        "additions": [
            {
                "id": addition.question.id,
                "article": addition.article,
                "path": addition.path,
                "wording": addition.wording,
                "rank": addition.rank,
                "first": addition.first,
            }
            for addition in lesson.additions
        ],
        "left_out": [{"id": left.question.id, "reason": left.reason} for left in lesson.left_out],
    }


def next_step(lesson: Lesson, written: Path, seen_from: Path | None) -> str:
    """One line: what was written where, and how it is accepted.

    Args:
        lesson: what was learnt.
        written: where the diff is.
        seen_from: the folder to apply it in; None for the current one.
    """
    if not lesson.additions:
        return f"Nothing to add; {written} is empty."
    where = f" -d {shlex.quote(str(seen_from))}" if seen_from else ""
    articles = counted(len({addition.path for addition in lesson.additions}), "article")
    wordings = counted(len(lesson.additions), "wording")
    return (
        f"{wordings} for {articles} written to {written}. Read it, and accept it with: "
        f"patch -p0{where} < {shlex.quote(str(written))}"
    )


def _why(addition: Addition) -> str:
    came = f"it came at {addition.rank}" if addition.rank else "it was not among the first ten"
    return f"first came {addition.first}; {came}" if addition.first else "nothing was found"


def _shown(left: LeftOut) -> str:
    """The question; only its id where the wording is better not shown again."""
    return left.question.id if left.personal else f"{left.question.id} “{left.question.query}”"
