"""Staff blocks: cut from the source lines, before anything is parsed.

A block opens with exactly `::: staff` and closes with exactly `:::`, both at the start of a line.
Any other line that looks like a fence is an error, inside code too, so that a misspelt fence can
never publish what it was meant to hide.
"""

import re
from dataclasses import dataclass

OPEN = "::: staff"
CLOSE = ":::"

_MARKS = r"(?:[\s>\u200b\u200c\u200d\u2060\ufeff]|[-*+•]|\d{1,9}[.)]|:(?=\s))*"
_SUSPICIOUS = re.compile(rf"{_MARKS}[:：﹕∶ː]{{2,}}")
_BREAKS = re.compile(r"[\v\f\x1c-\x1e\x85\u2028\u2029]")


class FenceProblem(Exception):
    """A fence is out of order; `line` counts from 0 in the lines given."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


@dataclass(frozen=True)
class StaffBlock:
    """The lines between a pair of fences, `first` being the index of the first of them."""

    first: int
    lines: tuple[str, ...]


def cut(lines: list[str]) -> tuple[list[str], list[StaffBlock]]:
    """Split source lines into the public ones and the staff blocks.

    The public lines keep their places: fences and what they hold are blank there.

    Raises:
        FenceProblem: with the fix in its message.
    """
    public: list[str] = []
    blocks: list[StaffBlock] = []
    opened: int | None = None
    for index, line in enumerate(lines):
        fence = line.rstrip(" \t")
        if fence == OPEN:
            if opened is not None:
                raise FenceProblem(
                    f"a second staff block opens before the one of line {opened + 1} of the text "
                    f'is closed; close it with "{CLOSE}"',
                    index,
                )
            opened = index
        elif fence == CLOSE:
            if opened is None:
                raise FenceProblem(
                    f'"{CLOSE}" closes a staff block that was never opened; '
                    f'open it with "{OPEN}" or remove this line',
                    index,
                )
            blocks.append(StaffBlock(opened + 1, tuple(lines[opened + 1 : index])))
            opened = None
            public.append("")
            continue
        elif _looks_like_a_fence(line):
            raise FenceProblem(
                f"this line looks like a staff fence but is not one; write exactly "
                f'"{OPEN}" or "{CLOSE}" at the start of the line, or take the colons away',
                index,
            )
        public.append("" if opened is not None else line)
    if opened is not None:
        raise FenceProblem(
            f'this staff block is never closed; end it with a line "{CLOSE}"', opened
        )
    return public, blocks


def _looks_like_a_fence(line: str) -> bool:
    return any(_SUSPICIOUS.match(part) for part in _BREAKS.split(line))
