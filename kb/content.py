"""The content folder as a whole: read, and read again without parsing what has not changed."""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kb.authority import Authority
from kb.datafiles import NAMES, read_data_files
from kb.directory import DirectoryEntry
from kb.entries import MAX_BYTES
from kb.folder import ATTACHMENTS, FoundFile, NotOrdinary, look_at, read_bytes, walk
from kb.notices import Notice
from kb.problems import Level, Problem
from kb.source import MAX_ARTICLE, Parsed, Source, digest_of, parse
from kb.synonyms import Synonym

_RACY_NS = 2_000_000_000
_NOTHING: Mapping[str, Source] = {}

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
    others: Mapping[str, FoundFile]
    """By path: the files that are no articles."""
    plain: bool
    """Whether it has only ordinary files, each of which changes under its own name alone."""
    problems: tuple[Problem, ...]
    """Those that single files show; `crosscheck` finds the rest."""
    parsed: dict[str, Parsed] = field(default_factory=dict)
    """What this reading parsed, and so need not be parsed again to be published."""

    @cached_property
    def attachments(self) -> dict[str, FoundFile]:
        """The files to be handed out, by path."""
        return {path: file for path, file in self.others.items() if path.startswith(ATTACHMENTS)}

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

    def forget_sections(self) -> None:
        """Let go of what was kept to be published; most of it will not be needed again."""
        self.parsed.clear()


class ContentChanged(Exception):
    """A file changed between reading and publishing; read the folder again."""


def read_content(
    root: Path, known: Mapping[str, Source] = _NOTHING, progress: Progress | None = None
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
    plain = not problems and not any(file.linked for file in files)
    return _content(root, _Found(files, {}, {}, problems, plain), known, progress)


def read_again(
    before: Content, touched: Collection[str], progress: Progress | None = None
) -> Content:
    """Read a content folder of which is known what can have changed since it was read.

    Args:
        before: the folder as it was read then.
        touched: the paths, relative to the folder, of all files that were written, moved or removed
            since; and of any others.
        progress: told after each article file that is looked at.

    Raises:
        ContentMissing: if there is no such folder any more.
    """
    sources, others = dict(before.sources), dict(before.others)
    files: list[FoundFile] = []
    try:
        if not before.plain or not before.root.is_dir():
            raise NotOrdinary
        for path in sorted(touched):
            file = look_at(before.root, path)
            if file is not None:
                files.append(file)
            elif sources.pop(path, None) is None and others.pop(path, None) is None:
                _refuse_folder(f"{path}/", before)
    except NotOrdinary:
        return read_content(before.root, before.sources, progress)
    found = _Found(files, sources, others, [], plain=True)
    return _content(before.root, found, before.sources, progress)


def _refuse_folder(path: str, before: Content) -> None:
    """Raise NotOrdinary if what is no longer there was a folder with files in it."""
    if any(known.startswith(path) for known in (*before.sources, *before.others)):
        raise NotOrdinary(path)


@dataclass(frozen=True)
class _Found:
    """A folder before what is new in it has been read."""

    files: Collection[FoundFile]
    """Those to look into."""
    sources: dict[str, Source]
    """The other articles, as they were read before."""
    others: dict[str, FoundFile]
    """The other files that are no articles."""
    problems: list[Problem]
    plain: bool


def _content(
    root: Path, found: _Found, known: Mapping[str, Source], progress: Progress | None
) -> Content:
    sources, others = found.sources, found.others
    articles = [file for file in found.files if _is_article(file.path)]
    others |= {file.path: file for file in found.files if not _is_article(file.path)}
    parsed: dict[str, Parsed] = {}
    for done, file in enumerate(articles, 1):
        before = known.get(file.path)
        result = before if _is_as_before(file, before) else _read_article(root, file, before)
        if isinstance(result, Parsed):
            parsed[file.path] = result
            sources[file.path] = result.source
        elif result is not None:
            sources[file.path] = result
        else:
            sources.pop(file.path, None)
        if progress is not None:
            progress(done, len(articles))
    if sources.keys() - known.keys():
        sources = dict(sorted(sources.items()))
    written = tuple(_read_data(root, name) if name in others else None for name in NAMES)
    attachments = frozenset(path for path in others if path.startswith(ATTACHMENTS))
    data = read_data_files(written, root.resolve().name, attachments)
    problems = [
        *found.problems,
        *(one for source in sources.values() if source.problems for one in source.problems),
        *data.problems,
        *_misplaced(others),
    ]
    return Content(
        root=root,
        sources=sources,
        authority=data.authority,
        authority_lines=data.authority_lines,
        directory=data.directory,
        synonyms=data.synonyms,
        notices=data.notices,
        others=others,
        plain=found.plain,
        problems=tuple(problems),
        parsed=parsed,
    )


def _is_article(path: str) -> bool:
    return path[-3:].lower() == ".md" and not path.startswith("files/")


def _is_as_before(file: FoundFile, known: Source | None) -> bool:
    """Whether a file need not be opened to know what is in it."""
    return (
        known is not None
        and known.mtime_ns == file.mtime_ns
        and known.size == file.size
        and known.read_ns - known.mtime_ns > _RACY_NS
    )


def _read_article(root: Path, file: FoundFile, known: Source | None) -> Parsed | Source | None:
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
        if suffix == "yaml" and f"{stem}.yml" in NAMES:
            message = f"this file is not read; rename it to {stem}.yml"
        elif path.startswith("files/") and not path.startswith(ATTACHMENTS):
            message = "this attachment is in no edition; move it to files/public/ or files/staff/"
        else:
            continue
        problems.append(Problem(level=Level.WARNING, path=path, line=1, message=message))
    return problems
