"""Building one generation of one edition beside the current one, then making it current."""

import hashlib
import secrets
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from indexer.document import Document
from indexer.document_changes import changed_documents
from indexer.embedding import Embedder
from indexer.generation import (
    ENGINE,
    FORMAT,
    INDEX,
    Generation,
    Manifest,
    Setting,
    edition_folder,
    pinned_in,
)
from indexer.generation_files import becoming_current, link
from indexer.lexicon import document_words
from indexer.restriction import restricts
from indexer.store import write_articles
from indexer.vectors import PREFIX as VECTORS
from indexer.vectors import write_vectors
from kb import clock
from kb.article import Article, Audience, Edition
from kb.authority import Authority
from kb.content import ContentChanged
from kb.editions import EditionPlan
from kb.notices import Notice

Step = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and how many there are."""


@dataclass(frozen=True)
class Change:
    """What a publish did to one edition."""

    edition: Edition
    generation: str
    """The name of the generation that is current now."""
    articles: int
    added: int = 0
    changed: int = 0
    removed: int = 0
    published: bool = True
    """False where nothing had changed and the generation stayed."""

    def __str__(self) -> str:
        if not self.published:
            return f"{self.edition} unchanged"
        counts = ((self.added, "added"), (self.changed, "changed"), (self.removed, "removed"))
        what = ", ".join(f"{count:,} {word}" for count, word in counts if count)
        articles = f"{self.articles:,} article{'' if self.articles == 1 else 's'}"
        return f"{self.edition} {articles} ({what or 'settings changed'})"


@dataclass(frozen=True)
class _Difference:
    """What is to be done to get from one generation to the next."""

    fresh: list[str]
    gone: list[str]


def publish_edition(
    var: Path,
    plan: EditionPlan,
    previous: Generation | None,
    step: Step,
    embedder: Embedder | None = None,
) -> Change:
    """Publish an edition as planned, if anything in it has changed.

    Args:
        var: the application's own folder.
        plan: what the edition should hold.
        previous: the current generation; None to build everything anew.
        step: told of progress.
        embedder: makes the vectors; None for an edition that is searched by words alone.

    Raises:
        ContentChanged: if a file changed while it was being published; nothing was published.
        ModelUnavailable: if the embedder is broken; nothing was published.
    """
    setting = _setting(plan, pinned_in(var, plan.edition))
    mark = hashlib.blake2b(setting, digest_size=12).hexdigest()
    attachments = {
        path: (file.size, file.mtime_ns)
        for path, file in plan.checked.content.attachments.items()
        if path in plan.attachments
    }
    difference = _compare(plan, previous)
    unchanged = Change(plan.edition, "", len(plan.drafts), published=False)
    if previous is not None:
        manifest = previous.manifest
        model = embedder.name if embedder is not None else None
        same = (manifest.setting, manifest.attachments, manifest.model) == (
            mark,
            attachments,
            model,
        )
        if same and not difference.fresh and not difference.gone:
            return replace(unchanged, generation=previous.name)

    articles: dict[str, Article] = {}
    for done, key in enumerate(difference.fresh, 1):
        articles[key] = plan.build(key)
        step(f"{plan.edition}: articles", done, len(difference.fresh))
    restricted = previous is not None and restricts(
        plan, previous, Setting.model_validate_json(setting), difference.gone, articles
    )
    folder = edition_folder(var, plan.edition)
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}"
    manifest = Manifest(
        format=FORMAT,
        engine=ENGINE.name,
        edition=plan.edition,
        name=name,
        previous=previous.name if previous is not None and not restricted else None,
        setting=mark,
        attachments=attachments,
        model=embedder.name if embedder is not None else None,
    )
    with becoming_current(folder, manifest, setting) as building:
        _write(building, manifest, plan, previous, difference, articles, restricted, step)
        if embedder is not None:
            _embed(building, manifest, plan, previous, articles, restricted, step, embedder)
    known = set(previous.store.rows) if previous is not None else set()
    added = sum(key not in known for key in difference.fresh)
    return Change(
        plan.edition,
        name,
        len(plan.drafts),
        added=added,
        changed=len(difference.fresh) - added,
        removed=len(difference.gone),
    )


def _setting(plan: EditionPlan, pinned: tuple[Notice, ...]) -> bytes:
    content = plan.checked.content
    audiences = {audience for audience in Audience if plan.edition.admits(audience)}
    return (
        Setting(
            authority=_authority(plan),
            synonyms=tuple(group for _, group in content.synonyms if group.audience in audiences),
            notices=tuple(notice for notice in content.notices if notice.audience in audiences),
            pinned=pinned,
            directory=content.directory if plan.edition is Edition.STAFF else (),
        )
        .model_dump_json(by_alias=True)
        .encode()
    )


def _authority(plan: EditionPlan) -> Authority:
    """The authority, naming nothing that this edition does not have."""
    authority = plan.checked.content.authority
    tags = plan.checked.around.tags[plan.edition]
    wanted = tuple(id_ for id_ in authority.most_wanted if id_ in plan.drafts)
    topics = tuple(topic for topic in authority.topics if topic.casefold() in tags)
    avoidable = authority.avoidable if plan.edition is Edition.STAFF else ()
    return authority.model_copy(
        update={"most_wanted": wanted, "topics": topics, "avoidable": avoidable}
    )


def _compare(plan: EditionPlan, previous: Generation | None) -> _Difference:
    rows = previous.store.rows if previous is not None else {}
    marks = plan.fingerprints
    fresh = [key for key, mark in marks.items() if key not in rows or rows[key].fingerprint != mark]
    return _Difference(fresh, [key for key in rows if key not in marks])


def _write(
    building: Path,
    manifest: Manifest,
    plan: EditionPlan,
    previous: Generation | None,
    difference: _Difference,
    articles: dict[str, Article],
    restricted: bool,
    step: Step,
) -> None:
    (building / INDEX).mkdir()
    if previous is not None:
        for path in [*previous.folder.glob("articles-*"), *previous.folder.glob(f"{INDEX}/*")]:
            link(path, building / path.relative_to(previous.folder))
    store = previous.store if previous is not None else None
    before, after = changed_documents(plan, store, (*difference.fresh, *difference.gone), articles)
    ENGINE.update(
        building / INDEX,
        _counted(after.values(), f"{plan.edition}: words", len(after), step),
        [key for key in before if key not in after],
        rewrite=restricted,
    )
    changes = Counter(word for one in after.values() for word in document_words(one))
    changes.subtract(word for one in before.values() for word in document_words(one))
    held = previous.lexicon.words if previous is not None else Counter[str]()
    write_articles(
        building,
        f"articles-{manifest.name}",
        [(plan.fingerprints[key], article) for key, article in articles.items()],
        difference.gone,
        {word: held[word] + change for word, change in changes.items() if change},
        store,
        rewrite=restricted,
        at=int(clock.now().timestamp()),
    )
    for name in manifest.attachments:
        _attach(building, name, manifest, plan, previous)


def _embed(
    building: Path,
    manifest: Manifest,
    plan: EditionPlan,
    previous: Generation | None,
    articles: dict[str, Article],
    restricted: bool,
    step: Step,
    embedder: Embedder,
) -> None:
    """Write the vectors: of what is new, and of everything where the model is another."""
    kept = [key for key in plan.drafts if key not in articles]
    before = previous.vectors if previous and previous.manifest.model == manifest.model else None
    if before is not None:
        assert previous is not None
        for path in previous.folder.glob(f"{VECTORS}*"):
            link(path, building / path.name)
        fresh = articles
    else:
        stored = ((key, previous.store.get(key)) for key in kept) if previous is not None else ()
        fresh = {**articles, **{key: one for key, one in stored if one is not None}}
    write_vectors(
        building,
        manifest.name,
        fresh,
        kept,
        before,
        embedder,
        rewrite=restricted,
        step=lambda done, total: step(f"{manifest.edition}: meaning", done, total),
    )


def _counted(
    documents: Iterable[Document], what: str, total: int, step: Step
) -> Iterable[Document]:
    for done, one in enumerate(documents, 1):
        yield one
        step(what, done, total)


def _attach(
    building: Path, path: str, manifest: Manifest, plan: EditionPlan, previous: Generation | None
) -> None:
    target = building / path
    target.parent.mkdir(parents=True, exist_ok=True)
    old = previous.manifest.attachments.get(path) if previous is not None else None
    if previous is not None and old == manifest.attachments[path]:
        link(previous.folder / path, target)
        return
    try:
        shutil.copyfile(plan.checked.content.root / path, target)
    except FileNotFoundError as error:
        raise ContentChanged(path) from error
