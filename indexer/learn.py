"""What a bank's misses teach: which wording to add to which article, for an editor to accept."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.patch import CannotName, unified
from indexer.shop import BankQuestion, Shopping, Visit
from kb import clock
from kb.amend import CannotAmend, amend
from kb.article import Edition
from kb.content import Progress, read_content
from kb.crosscheck import crosscheck
from kb.folder import FoundFile, read_bytes
from kb.personal import looks_personal
from kb.source import MAX_ARTICLE, Draft


@dataclass(frozen=True)
class Addition:
    """One wording for one article."""

    question: BankQuestion
    article: str
    """Its id."""
    path: str
    """Its file, relative to the content folder."""
    wording: str
    rank: int | None
    """Where the article came; None where it was not among the first ten."""
    first: str | None
    """The id of what came first instead; None where nothing was found."""


@dataclass(frozen=True)
class LeftOut:
    """A miss from which nothing is added."""

    question: BankQuestion
    reason: str
    personal: bool = False
    """Whether the wording is better not shown again."""


@dataclass(frozen=True)
class Lesson:
    """All that a bank's misses teach."""

    additions: tuple[Addition, ...]
    left_out: tuple[LeftOut, ...]
    diff: bytes
    """The additions as a unified diff; empty where there are none."""


class _Unfit(Exception):
    def __init__(self, reason: str, *, personal: bool = False) -> None:
        super().__init__(reason)
        self.left = (reason, personal)


def drafts_of(edition: Edition, root: Path, progress: Progress) -> dict[str, Draft]:
    """The articles of an edition as their files are today, by id.

    Raises:
        ContentMissing: if there is no content folder.
    """
    today = clock.today()
    return crosscheck(read_content(root, progress=progress), today).admitted(edition)


def where_to_apply(root: Path, here: Path) -> Path:
    """The folder that a diff's paths are seen from: `here`, else the content folder.

    patch and git refuse paths that lead upwards.
    """
    return here if root.resolve().is_relative_to(here.resolve()) else root


def learn(found: Shopping, drafts: Mapping[str, Draft], root: Path, seen_from: Path) -> Lesson:
    """Turn misses into additions.

    Args:
        found: what the bank found.
        drafts: the articles of the edition that was asked, by id.
        root: the content folder.
        seen_from: the folder that the diff's paths are relative to; `root` lies in it.
    """
    additions: list[Addition] = []
    left_out: list[LeftOut] = []
    files: dict[str, tuple[bytes, bytes]] = {}
    added: set[tuple[str, str]] = set()
    for visit in found.misses:
        try:
            addition = _addition(visit, drafts)
            same = (addition.article, addition.wording.casefold())
            if same in added:
                raise _Unfit(f"{addition.article} gets this wording already")
            original, current = files.get(addition.path) or (_read(root, addition.path),) * 2
            seen = FoundFile(addition.path, len(current), 0)
            changed = amend(seen, current, addition.wording)
            unified(_name(root, addition.path, seen_from), original, changed)
        except _Unfit as unfit:
            left_out.append(LeftOut(visit.question, *unfit.left))
        except OSError as error:
            left_out.append(LeftOut(visit.question, f"{addition.path}: {error.strerror}"))
        except (CannotAmend, CannotName) as error:
            left_out.append(LeftOut(visit.question, f"{addition.path}: {error}"))
        else:
            files[addition.path] = (original, changed)
            added.add(same)
            additions.append(addition)
    diff = b"".join(unified(_name(root, path, seen_from), *files[path]) for path in sorted(files))
    return Lesson(tuple(additions), tuple(left_out), diff)


def _addition(visit: Visit, drafts: Mapping[str, Draft]) -> Addition:
    wording = " ".join(visit.question.query.split())
    personal = looks_personal(wording)
    if personal:
        raise _Unfit(f"it has what looks like {personal}", personal=True)
    if not any(letter.isalpha() for letter in wording):
        raise _Unfit("it has no word in it")
    relevant = [id_ for id_ in visit.question.relevant if id_ in drafts]
    if not relevant:
        wanted = ", ".join(visit.question.relevant) or "none"
        raise _Unfit(f"no article that would answer it is in this edition (wanted: {wanted})")
    chosen = next((id_ for id_ in visit.found if id_ in relevant), relevant[0])
    draft = drafts[chosen]
    if wording.casefold() in (" ".join(one.split()).casefold() for one in draft.front.questions):
        raise _Unfit(f"{chosen} has this wording already; if it is new there, publish it: kb index")
    rank = visit.found.index(chosen) + 1 if chosen in visit.found else None
    first = visit.found[0] if visit.found else None
    return Addition(visit.question, chosen, draft.path, wording, rank, first)


def _read(root: Path, path: str) -> bytes:
    return read_bytes(root, path, MAX_ARTICLE)


def _name(root: Path, path: str, seen_from: Path) -> str:
    """A file's path in the diff; a link's is where it leads, as patch does not follow links."""
    return (root / path).resolve().relative_to(seen_from.resolve()).as_posix()
