"""A generation: one whole, immutable publication of an edition, and the pointer to the current one.

var/editions/<edition>/current            the name of the current generation
var/editions/<edition>/<generation>/      manifest, catalogue, packs, index, attachments
"""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from indexer.array_engine import ARRAYS
from indexer.catalogue import NOTHING, Catalogue
from indexer.engine import Engine
from indexer.store import ArticleStore
from indexer.vectors import VectorStore
from kb.article import Edition, Frozen
from kb.authority import Authority
from kb.directory import DirectoryEntry
from kb.durable import write_durably
from kb.notices import Notice
from kb.synonyms import Synonym

FORMAT = 7
"""Of the files below; a generation of another format is built anew."""

MANIFEST = "manifest.json"
SETTING = "setting.json"
INDEX = "index"
BUILDING = ".building-"
ENGINE = ARRAYS


class NotPublished(Exception):
    """There is no generation of this edition to open; the message names the fix."""


class GenerationGone(Exception):
    """A generation was cleaned away, or was never whole."""


class Manifest(Frozen):
    """What a generation is."""

    format: int
    engine: str
    edition: Edition
    name: str
    previous: str | None
    """The generation kept beside it; None where that one held what this one must not."""
    setting: str
    """Fingerprint of `setting.json`."""
    model: str | None = None
    """What made the vectors; None where there are none."""
    attachments: dict[str, tuple[int, int]]
    """By path, as `files/public/form.pdf`: size and time of change of the file copied."""


class Setting(BaseModel):
    """What an edition knows beside its articles."""

    model_config = ConfigDict(frozen=True)

    authority: Authority
    synonyms: tuple[Synonym, ...] = ()
    notices: tuple[Notice, ...] = ()
    pinned: tuple[Notice, ...] = ()
    """Notices that were not in the content, but pinned by a manager."""
    directory: tuple[DirectoryEntry, ...] = ()
    """Empty in the public edition."""


def edition_folder(var: Path, edition: Edition) -> Path:
    """Where the generations of an edition lie."""
    return var / "editions" / edition.value


def current_name(folder: Path) -> str | None:
    """The name of an edition's current generation; None before the first."""
    try:
        name = (folder / "current").read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        return None
    return name if name and "/" not in name and not name.startswith(".") else None


def pinned_in(var: Path, edition: Edition) -> tuple[Notice, ...]:
    """What is pinned in the current generation of an edition; nothing where there is none."""
    folder = edition_folder(var, edition)
    name = current_name(folder)
    if name is None:
        return ()
    try:
        return Setting.model_validate_json((folder / name / SETTING).read_bytes()).pinned
    except (OSError, ValueError):
        return ()


def point_to(folder: Path, name: str) -> None:
    """Make a generation the current one: flushed, and in one atomic step."""
    write_durably(folder / "current", f"{name}\n".encode("ascii"))


class Generation:
    """A generation open for reading; safe to use from several threads."""

    def __init__(self, folder: Path, known: Catalogue = NOTHING) -> None:
        """Open a generation.

        Args:
            folder: where it lies.
            known: the catalogue of an earlier generation; what both have is not read again.

        Raises:
            GenerationGone: if it is not there, not whole, or of another format.
        """
        self.folder = folder
        try:
            self.manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
            if (self.manifest.format, self.manifest.engine) != (FORMAT, ENGINE.name):
                raise GenerationGone(f"{folder} was made by another version; run: kb index")
            self.setting = Setting.model_validate_json((folder / SETTING).read_bytes())
            self.store = ArticleStore(folder, known)
            self.lexicon = self.store.catalogue.lexicon
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise GenerationGone(f"{folder} cannot be opened ({error}); run: kb index") from error
        self.vectors = self._vectors()
        try:
            self.engine: Engine = ENGINE.open(folder / INDEX)
        except Exception as error:  # the engine's own library raises what it likes
            self.store.close()
            raise GenerationGone(f"{folder} cannot be opened ({error}); run: kb index") from error

    @property
    def name(self) -> str:
        """Its name, which changes with everything in it."""
        return self.manifest.name

    @property
    def edition(self) -> Edition:
        """The edition it is a publication of."""
        return self.manifest.edition

    def _vectors(self) -> VectorStore | None:
        """The vectors, where there are any that can be read: words alone find answers too."""
        if self.manifest.model is None:
            return None
        try:
            return VectorStore(self.folder, self.store.rows)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def close(self) -> None:
        """Let go of all files."""
        self.engine.close()
        self.store.close()


def open_current(var: Path, edition: Edition, known: Catalogue = NOTHING) -> Generation:
    """Open the current generation of an edition.

    Args:
        var: the application's own folder.
        edition: which one.
        known: the catalogue of an earlier generation; what both have is not read again.

    Raises:
        NotPublished: if there is none.
        GenerationGone: if it cannot be opened, even at a second look.
    """
    folder = edition_folder(var, edition)
    for attempt in range(3):
        name = current_name(folder)
        if name is None:
            raise NotPublished(f"no {edition} edition is published in {var}; run: kb index")
        try:
            return Generation(folder / name, known)
        except GenerationGone:
            # Another publish may have cleaned it away since the pointer was read.
            if attempt == 2 or current_name(folder) == name:
                raise
    raise AssertionError("unreachable")


def previous_and_current(folder: Path) -> list[Path]:
    """The generations that an edition keeps, current one first."""
    name = current_name(folder)
    if name is None:
        return []
    kept = [folder / name]
    try:
        manifest = Manifest.model_validate_json((folder / name / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return kept
    if manifest.previous is not None:
        kept.append(folder / manifest.previous)
    return kept
