"""The content folder as a whole: read, and read again without parsing what has not changed."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kb.authority import Authority, read_authority
from kb.directory import DirectoryEntry, read_directory
from kb.entries import MAX_BYTES
from kb.folder import ATTACHMENTS, FoundFile, read_bytes, walk
from kb.notices import Notice, read_notices
from kb.problems import Level, Problem
from kb.source import MAX_ARTICLE, Parsed, Source, digest_of, parse
from kb.synonyms import Synonym, read_synonyms

_DATA_FILES = ("authority.yml", "directory.csv", "synonyms.yml", "notices.yml")
_RACY_NS = 2_000_000_000

Progress = Callable[[int, int], None]
"""Called with files done and files in all."""


class ContentMissing(Exception):
    """There is no content folder to read."""


@dataclass(frozen=True)
class Content:
    """Everything the folder says, and what is wrong with it."""

    root: Path
    sources: dict[str, Source]
    authority: Authority
    authority_lines: Mapping[str, int]
    """The line of each key of `authority.yml`."""
    directory: tuple[DirectoryEntry, ...]
    synonyms: tuple[tuple[int, Synonym], ...]
    """Each group with its line."""
    notices: tuple[Notice, ...]
    attachments: dict[str, FoundFile]
    problems: tuple[Problem, ...]
    """Those that single files show; `crosscheck` finds the rest."""
    parsed: dict[str, Parsed] = field(default_factory=dict)
    """What this reading parsed, and so need not be parsed again to be published."""

    def sections(self, path: str) -> Parsed:
        """The rendered sections of a source, parsed again where they were not kept.

        Raises:
            ContentChanged: if the file is no longer what this reading saw.
        """
        known = self.parsed.get(path)
        if known is not None:
            return known
        source = self.sources[path]
        found = FoundFile(path, source.size, source.mtime_ns)
        try:
            again = parse(found, read_bytes(self.root, path, MAX_ARTICLE), source.read_ns)
        except OSError as error:
            raise ContentChanged(path) from error
        if again.source.digest != source.digest:
            raise ContentChanged(path)
        return again


class ContentChanged(Exception):
    """A file changed between reading and publishing; read the folder again."""


def read_content(
    root: Path, known: Mapping[str, Source] | None = None, progress: Progress | None = None
) -> Content:
    """Read a content folder.

    Args:
        root: the folder.
        known: sources of an earlier reading; those that have not changed are not parsed.
        progress: told after each article file.

    Raises:
        ContentMissing: if there is no such folder; the message names the fix.
    """
    try:
        files, problems = walk(root)
    except OSError as error:
        what = "is not a folder" if root.exists() else "does not exist"
        raise ContentMissing(
            f"the content folder {root} {what}; create it, or name another with --content"
        ) from error
    found = {file.path: file for file in files}
    articles = [file for file in files if _is_article(file.path)]
    sources: dict[str, Source] = {}
    parsed: dict[str, Parsed] = {}
    for done, file in enumerate(articles, 1):
        result = _read_article(root, file, (known or {}).get(file.path))
        if isinstance(result, Parsed):
            parsed[file.path] = result
            sources[file.path] = result.source
        elif result is not None:
            sources[file.path] = result
        if progress is not None:
            progress(done, len(articles))
    for source in sources.values():
        problems += source.problems

    data = {name: _read_data(root, name) if name in found else None for name in _DATA_FILES}
    attachments = {path: file for path, file in found.items() if path.startswith(ATTACHMENTS)}
    whose = read_authority(data["authority.yml"], root.resolve().name, attachments)
    problems += whose.problems
    directory, more = read_directory(data["directory.csv"])
    problems += more
    synonyms, more = read_synonyms(data["synonyms.yml"])
    problems += more
    notices, more = read_notices(data["notices.yml"])
    problems += more
    problems += _misplaced(found)
    return Content(
        root=root,
        sources=sources,
        authority=whose.authority,
        authority_lines=whose.lines,
        directory=directory,
        synonyms=synonyms,
        notices=notices,
        attachments=attachments,
        problems=tuple(problems),
        parsed=parsed,
    )


def _is_article(path: str) -> bool:
    return path.lower().endswith(".md") and not path.startswith("files/")


def _read_article(root: Path, file: FoundFile, known: Source | None) -> Parsed | Source | None:
    same = known is not None and (known.size, known.mtime_ns) == (file.size, file.mtime_ns)
    if known is not None and same and known.read_ns - known.mtime_ns > _RACY_NS:
        return known
    read_ns = time.time_ns()
    try:
        data = read_bytes(root, file.path, MAX_ARTICLE)
    except FileNotFoundError:
        return None
    except OSError as error:
        return _unreadable(
            file, f"this file cannot be read ({error.strerror}); allow it to be read"
        )
    if known is not None and known.digest == digest_of(data):
        update = {"size": file.size, "mtime_ns": file.mtime_ns, "read_ns": read_ns}
        return known.model_copy(update=update)
    return parse(file, data, read_ns)


def _unreadable(file: FoundFile, message: str) -> Source:
    problem = Problem(level=Level.ERROR, path=file.path, line=1, message=message)
    return Source(
        path=file.path,
        size=file.size,
        mtime_ns=file.mtime_ns,
        read_ns=file.mtime_ns,
        digest="",
        draft=None,
        problems=(problem,),
    )


def _read_data(root: Path, name: str) -> bytes | None:
    try:
        return read_bytes(root, name, MAX_BYTES)
    except OSError:
        return None


def _misplaced(found: Mapping[str, FoundFile]) -> list[Problem]:
    """Files whose name or place shows that somebody meant something by them."""
    problems: list[Problem] = []
    for path in found:
        stem, _, suffix = path.rpartition(".")
        if suffix == "yaml" and f"{stem}.yml" in _DATA_FILES:
            message = f"this file is not read; rename it to {stem}.yml"
        elif path.startswith("files/") and not path.startswith(ATTACHMENTS):
            message = "this attachment is in no edition; move it to files/public/ or files/staff/"
        else:
            continue
        problems.append(Problem(level=Level.WARNING, path=path, line=1, message=message))
    return problems
