"""Pinned notices: put into the editions as they are published, without reading the content again.

Each edition gets a generation that is the current one with other pinned notices: all files linked,
so that it is there at once, whole, and on every machine that the edition is copied to.
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.generation import (
    MANIFEST,
    SETTING,
    Manifest,
    Setting,
    current_name,
    edition_folder,
    pinned_in,
)
from indexer.generation_files import becoming_current, link
from kb.article import Edition
from kb.notices import Notice

PATIENCE_S = 5.0
"""How long another publish is waited for."""


class NotPinned(Exception):
    """The notices are not published now; another try may go well."""


def publish_pinned(var: Path, notices: Sequence[Notice]) -> bool:
    """Let both editions have these notices pinned and no others; the public one first.

    Returns:
        Whether anything had to be published.

    Raises:
        NotPinned: if another publish takes long, or the folder cannot be written to.
    """
    wanted = tuple(notices)
    if all(pinned_in(var, edition) == wanted for edition in Edition if _exists(var, edition)):
        return False
    try:
        with FileLock(var / "publish.lock", timeout=PATIENCE_S):
            done = [_publish(var, edition, wanted) for edition in Edition if _exists(var, edition)]
    except (Timeout, OSError, ValueError) as error:
        raise NotPinned(str(error)) from error
    return any(done)


def _exists(var: Path, edition: Edition) -> bool:
    return current_name(edition_folder(var, edition)) is not None


def _publish(var: Path, edition: Edition, notices: tuple[Notice, ...]) -> bool:
    folder = edition_folder(var, edition)
    before = folder / (current_name(folder) or "")
    setting = Setting.model_validate_json((before / SETTING).read_bytes())
    if setting.pinned == notices:
        return False
    data = setting.model_copy(update={"pinned": notices}).model_dump_json(by_alias=True).encode()
    manifest = Manifest.model_validate_json((before / MANIFEST).read_bytes())
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}"
    taken = set(setting.pinned) - set(notices)
    manifest = manifest.model_copy(
        update={
            "name": name,
            # What was taken away is to remain in no file of the public edition.
            "previous": None if taken and edition is Edition.PUBLIC else manifest.name,
            "setting": hashlib.blake2b(data, digest_size=12).hexdigest(),
        }
    )
    with becoming_current(folder, manifest, data) as building:
        for path in before.rglob("*"):
            target = building / path.relative_to(before)
            if path.is_file() and path.name not in (MANIFEST, SETTING):
                target.parent.mkdir(parents=True, exist_ok=True)
                link(path, target)
    return True
