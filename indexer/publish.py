"""Publishing: from the content folder to both editions, one publish at a time."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import TypeAdapter

from indexer.build import Change, Step, publish_edition
from indexer.catalogue import NOTHING, Catalogue, read_catalogue
from indexer.embedding import OFF, Memo, ModelUnavailable, Semantics
from indexer.engine import IndexDamaged
from indexer.generation import (
    Generation,
    GenerationGone,
    NotPublished,
    edition_folder,
    open_current,
)
from indexer.generation_files import clean
from indexer.numbering import Numbering
from indexer.synonym_check import Words, synonym_problems
from kb import __version__, clock
from kb.article import Edition, Frozen
from kb.content import Content, ContentChanged, Progress, read_again, read_content
from kb.crosscheck import Checked, crosscheck
from kb.editions import FORMAT, EditionPlan, plan_edition
from kb.problems import Problem, sort_key
from kb.source import Source

_PROBLEMS = TypeAdapter(tuple[Problem, ...])
_TRIES = 5
_WORTH_WRITING = 20
"""Files parsed since the last time from which it pays to write down what was read."""


@dataclass(frozen=True)
class Report:
    """What a publish did."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    parsed: int
    """Files that had to be parsed."""
    seconds: float

    @property
    def published(self) -> bool:
        """Whether there is a new generation of either edition."""
        return any(change.published for change in self.changes)

    def __str__(self) -> str:
        """One line: what changed, and how long it took."""
        return f"{'; '.join(map(str, self.changes))}; {self.seconds:.2f} s"


class _Memory(Frozen):
    """What was read of a content folder, as it is left for the next process."""

    made_by: tuple[str, str, str]
    """The version of this program, that of the articles it makes, and the folder."""
    sources: tuple[Source, ...]


class VarUnusable(Exception):
    """The application's folder cannot be written to; the message names the fix."""


def _no_progress(what: str, done: int, total: int) -> None:
    """For those who do not watch."""


class Publisher:
    """Publishes one content folder into one var folder, and remembers what it has read."""

    def __init__(
        self,
        content: Path,
        var: Path,
        today: Callable[[], date] = clock.today,
        semantics: Semantics = OFF,
    ) -> None:
        self.content = content
        self.var = var
        self.semantics = semantics
        """Whether vectors are made; switched off, with the reason, when the model fails."""
        self._today = today
        self._sources: dict[str, Source] | None = None
        self._unwritten = 0
        self._checked: Checked | None = None
        self._plans: dict[Edition, EditionPlan] = {}
        self._catalogues: dict[Edition, Catalogue] = {}
        self._numbering = Numbering(var)

    def publish(
        self,
        *,
        full: bool = False,
        touched: Collection[str] | None = None,
        step: Step = _no_progress,
        waiting: Callable[[], None] = lambda: None,
    ) -> Report:
        """Publish what has changed; both editions, the public one first.

        Args:
            full: build everything anew, whatever was there.
            touched: where the content may have changed since the last publish that succeeded, as
                paths relative to its folder; None for anywhere.
            step: told of progress.
            waiting: called once if another publish has to end first.

        Raises:
            ContentMissing: if there is no content folder.
            VarUnusable: if the var folder cannot be written to.
        """
        started = time.monotonic()
        lock = FileLock(self._prepare() / "publish.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            waiting()
            lock.acquire()
        try:
            for attempt in range(_TRIES):
                try:
                    changes, problems, parsed = self._publish(full, touched, step)
                    break
                except ContentChanged:
                    touched = None
                    if attempt == _TRIES - 1:
                        raise
        finally:
            lock.release()
        return Report(changes, problems, parsed, time.monotonic() - started)

    def _prepare(self) -> Path:
        try:
            self.var.mkdir(parents=True, exist_ok=True)
            probe = self.var / ".writable"
            probe.touch()
            probe.unlink(missing_ok=True)  # another publisher's may be it
        except OSError as error:
            message = f"{self.var} cannot be written to ({error.strerror}); name another with --var"
            raise VarUnusable(message) from error
        return self.var

    def _publish(
        self, full: bool, touched: Collection[str] | None, step: Step
    ) -> tuple[tuple[Change, ...], tuple[Problem, ...], int]:
        today = self._today()
        for edition in Edition:
            clean(edition_folder(self.var, edition))
        content = self._read(full, touched, lambda done, total: step("reading", done, total))
        checked = crosscheck(content, today, None if full else self._checked)
        numbers = self._numbering.number(checked.around).of
        changes: list[Change] = []
        embedder = Memo(self.semantics.embedder) if self.semantics.embedder else None
        plans: dict[Edition, EditionPlan] = {}
        words: dict[Edition, Words] = {}
        for edition in (Edition.PUBLIC, Edition.STAFF):
            before = None if full else self._plans.get(edition)
            plan = plan_edition(checked, edition, before, numbers)
            plans[edition] = plan
            previous = None if full else self._previous(edition)
            try:
                changes.append(publish_edition(self.var, plan, previous, step, embedder))
            except IndexDamaged:
                if previous is None:
                    raise
                changes.append(publish_edition(self.var, plan, None, step, embedder))
            except ModelUnavailable as error:
                self.semantics, embedder = Semantics(None, str(error), wanted=True), None
                changes.append(publish_edition(self.var, plan, previous, step))
            finally:
                if previous is not None:
                    previous.close()
            catalogue = self._catalogue(edition, changes[-1].generation)
            articles = sum("." not in key for key in plan.drafts)
            words[edition] = Words(articles, catalogue.lexicon.terms)
        parsed = len(content.parsed)
        self._remember(content.sources, parsed)
        self._checked, self._plans = checked, plans
        content.forget_sections()
        found = (*checked.problems, *synonym_problems(content.synonyms, words))
        problems = tuple(sorted(found, key=sort_key))
        write_problems(self.var, problems)
        return tuple(changes), problems, parsed

    def _read(self, full: bool, touched: Collection[str] | None, progress: Progress) -> Content:
        if self._checked is not None and touched is not None and not full:
            return read_again(self._checked.content, touched, progress)
        return read_content(self.content, {} if full else self._known(), progress)

    def _previous(self, edition: Edition) -> Generation | None:
        try:
            return open_current(self.var, edition, self._catalogues.get(edition, NOTHING))
        except (NotPublished, GenerationGone):
            return None

    def _catalogue(self, edition: Edition, generation: str) -> Catalogue:
        """The catalogue of what was just published; the next publish begins with it."""
        folder = edition_folder(self.var, edition) / generation
        known = read_catalogue(folder, self._catalogues.get(edition, NOTHING))
        self._catalogues[edition] = known
        return known

    @property
    def _memory(self) -> Path:
        return self.var / "sources.json"

    def _known(self) -> dict[str, Source]:
        """What was read before, from memory or from disk; nothing where that is not to be had."""
        if self._sources is None:
            try:
                held = _Memory.model_validate_json(self._memory.read_bytes())
                if held.made_by != self._made_by:
                    raise ValueError("of another version or folder")
                self._sources = {source.path: source for source in held.sources}
            except (OSError, ValueError):
                self._sources = {}
                self._unwritten = _WORTH_WRITING  # read everything again, and write it down
        return self._sources

    @property
    def _made_by(self) -> tuple[str, str, str]:
        return __version__, FORMAT, str(self.content.resolve())

    def _remember(self, sources: dict[str, Source], parsed: int) -> None:
        """Keep what was read; on disk only when much has changed, as it is only there to save time.

        What is on disk may be older than the content: whoever reads it compares it with the files.
        """
        self._sources = sources
        self._unwritten += parsed
        if self._unwritten < _WORTH_WRITING:
            return
        self._unwritten = 0
        held = _Memory(made_by=self._made_by, sources=tuple(sources.values()))
        _replace(self._memory, held.model_dump_json(by_alias=True).encode())


def write_problems(var: Path, problems: tuple[Problem, ...]) -> None:
    """Leave the problems of the last publish where the staff application finds them."""
    _replace(var / "problems.json", _PROBLEMS.dump_json(problems))


def read_problems(var: Path) -> tuple[Problem, ...]:
    """The problems of the last publish; none where none was left."""
    try:
        return _PROBLEMS.validate_json((var / "problems.json").read_bytes())
    except (OSError, ValueError):
        return ()


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole, or not at all."""
    aside = path.with_suffix(".new")
    aside.write_bytes(data)
    aside.replace(path)
