"""What every command works on, and how it ends where it cannot."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from rich.markup import escape

from kb.settings import Settings
from kb.terminal import err


@dataclass(frozen=True)
class Place:
    """Where the content is and where it is published; what every command works on."""

    content: Path
    var: Path
    settings: Settings


def fail(message: str, code: int = 2) -> NoReturn:
    """End with a plain message; by default for wrong use."""
    err.print(f"kb: {escape(message)}", style="red" if err.is_terminal else None)
    sys.exit(code)
