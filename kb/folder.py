"""The content folder: a walk that never leaves it and never sees what an editor leaves behind."""

import os
import stat
from pathlib import Path
from typing import NamedTuple

from kb.problems import Level, Problem, sort_key

ATTACHMENTS = ("files/public/", "files/staff/")
_TEMPORARY_ENDS = ("~", "#", ".tmp", ".swp", ".swx", ".bak", ".orig", ".part")
_TEMPORARY_STARTS = (".", "~", "#", "$")


class FoundFile(NamedTuple):
    """A file as it stood when the folder was walked."""

    path: str
    """Relative to the content folder, with forward slashes."""
    size: int
    mtime_ns: int
    linked: bool = False
    """Whether it can change without a trace of its own path: it has another name, or is a link."""


class NotOrdinary(Exception):
    """What stands at a path is no ordinary file; walk the folder to see what that means."""


def ignored(name: str) -> bool:
    """Whether a file or folder name is hidden, or an editor's temporary one."""
    lower = name.lower()
    return lower.startswith(_TEMPORARY_STARTS) or lower.endswith(_TEMPORARY_ENDS)


def walk(root: Path) -> tuple[list[FoundFile], list[Problem]]:
    """Every ordinary file below `root`, sorted by path, and a warning for each link not followed.

    Raises:
        OSError: if `root` itself cannot be listed.
    """
    inside = root.resolve(strict=True)
    found: list[FoundFile] = []
    problems: list[Problem] = []
    _walk(inside, inside, "", found, problems)
    return sorted(found), sorted(problems, key=sort_key)


def _walk(
    inside: Path, folder: Path, prefix: str, found: list[FoundFile], problems: list[Problem]
) -> None:
    try:
        with os.scandir(folder) as listed:
            entries = [entry for entry in listed if not ignored(entry.name)]
    except OSError as error:
        if folder == inside:
            raise
        message = f"this folder cannot be read ({error.strerror}); allow it to be read"
        problems.append(_warning(prefix.rstrip("/"), message))
        return
    for entry in entries:
        path = prefix + entry.name
        if not path.isascii() and not _is_unicode(path):
            path = path.encode(errors="backslashreplace").decode()
            message = "this name is not UTF-8, so it is not read; rename it"
            problems.append(Problem(level=Level.ERROR, path=path, line=1, message=message))
            continue
        try:
            if entry.is_symlink() and not _leads_inside(inside, entry, path):
                message = (
                    "this link leads to no file of the content folder; put a copy of the file here"
                )
                problems.append(_warning(path, message))
            elif entry.is_dir(follow_symlinks=False):
                _walk(inside, Path(entry.path), path + "/", found, problems)
            else:
                status = entry.stat()
                if stat.S_ISREG(status.st_mode):
                    linked = status.st_nlink > 1 or entry.is_symlink()
                    found.append(FoundFile(path, status.st_size, status.st_mtime_ns, linked))
        except OSError:
            continue  # it went while we were looking


def look_at(root: Path, path: str) -> FoundFile | None:
    """An ordinary file as a walk would find it; None where there is none.

    Raises:
        NotOrdinary: if something else is there, or the path is one that cannot be written down.
    """
    if any(map(ignored, path.split("/"))):
        return None
    if not _is_unicode(path):
        raise NotOrdinary(path)
    try:
        status = (root / path).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
        raise NotOrdinary(path)
    return FoundFile(path, status.st_size, status.st_mtime_ns)


def _leads_inside(inside: Path, entry: os.DirEntry[str], path: str) -> bool:
    """Whether a link leads to a file that may be read under its name as well as under its own."""
    try:
        target = Path(entry.path).resolve()
    except RuntimeError:  # it leads to itself
        return False
    if not (target.is_file() and target.is_relative_to(inside)):
        return False
    leads_to = target.relative_to(inside)
    # A link among the public attachments must not publish what lies among the staff's.
    same_side = _attachments_of(path) == _attachments_of(leads_to.as_posix())
    return same_side and not any(ignored(part) for part in leads_to.parts)


def _attachments_of(path: str) -> str:
    """The attachments folder that a path lies in; empty for none."""
    parts = path.split("/")
    return "/".join(parts[:2]) if parts[0] == "files" else ""


def _is_unicode(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _warning(path: str, message: str) -> Problem:
    return Problem(level=Level.WARNING, path=path or ".", line=1, message=message)


def read_bytes(root: Path, path: str, limit: int) -> bytes:
    """Up to `limit` + 1 bytes of a file of the folder, so that a caller sees when it is over.

    Raises:
        OSError: if it cannot be read.
    """
    with (root / path).open("rb") as file:
        return file.read(limit + 1)
