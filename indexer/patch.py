"""Changes to files as a unified diff, for `patch -p0` and `git apply` alike."""

import difflib

_UNWRITABLE = set('"\\\t\r\n')


class CannotName(Exception):
    """A file has a name that a diff cannot hold; the message names the fix."""


def unified(name: str, before: bytes, after: bytes) -> bytes:
    """The change of one file; empty where there is none.

    Args:
        name: its path with forward slashes, relative to where the diff will be applied.
        before: what it holds, UTF-8.
        after: what it is to hold, UTF-8.

    Raises:
        CannotName: for a name with quotes, backslashes or line breaks.
    """
    if _UNWRITABLE & set(name):
        raise CannotName("the file's name has a quote, backslash or line break in it; rename it")
    old, new = _lines(before), _lines(after)
    # git takes away the first part of a name, and patch -p0 none: with "./" both find the file.
    # A name with a space ends in a tab, or it would end at the space.
    path = f"./{name}\t" if " " in name else f"./{name}"
    written: list[str] = []
    for number, line in enumerate(difflib.unified_diff(old, new, path, path, lineterm="\n")):
        if number < 2:
            written.append(f"{line.rstrip()[:4]}{path}\n")
        elif line.endswith("\n"):
            written.append(line)
        else:
            written.append(f"{line}\n\\ No newline at end of file\n")
    return "".join(written).encode()


def _lines(data: bytes) -> list[str]:
    """Lines as patch and git see them: ended by a line feed, and by nothing else."""
    lines = data.decode().split("\n")
    return [*(f"{line}\n" for line in lines[:-1]), *(lines[-1:] if lines[-1] else [])]
