"""Generations, and the pointer to the current one."""

import gc
import shutil

import orjson
import pytest

from indexer.catalogue import CATALOGUE
from indexer.generation import (
    INDEX,
    MANIFEST,
    SETTING,
    Generation,
    GenerationGone,
    NotPublished,
    current_name,
    edition_folder,
    open_current,
    point_to,
    previous_and_current,
)
from kb.article import Edition
from tests.indexer.files import open_files


@pytest.fixture
def published(content, publish):
    content.write("authority.yml", "name: Testshire\n")
    content.article("faqs/bins.md", title="Bins", body="Put them out.")
    publish()
    return publish


def folder_of(publish):
    return publish.folder() / current_name(publish.folder())


def test_an_edition_lies_in_a_folder_of_its_own(tmp_path):
    assert edition_folder(tmp_path, Edition.PUBLIC) == tmp_path / "editions" / "public"
    assert edition_folder(tmp_path, Edition.STAFF) == tmp_path / "editions" / "staff"


def test_the_pointer_names_the_current_generation(tmp_path):
    assert current_name(tmp_path) is None
    point_to(tmp_path, "first")
    point_to(tmp_path, "second")
    assert current_name(tmp_path) == "second"
    assert [path.name for path in tmp_path.iterdir()] == ["current"]


@pytest.mark.parametrize("held", [b"", b"\n", b"../staff/x", b".building-x", b"..", b"\xff\xfe"])
def test_a_pointer_that_names_no_generation_of_the_edition_names_none(tmp_path, held):
    (tmp_path / "current").write_bytes(held)
    assert current_name(tmp_path) is None


def test_before_the_first_publish_there_is_nothing_to_open_and_the_fix_is_named(tmp_path):
    with pytest.raises(NotPublished, match="no staff edition is published.*run: kb index"):
        open_current(tmp_path, Edition.STAFF)


def test_a_generation_knows_what_it_is(published):
    opened = published.generation(Edition.STAFF)
    assert opened.edition is Edition.STAFF
    assert opened.name == current_name(published.folder(Edition.STAFF))
    assert opened.setting.authority.name == "Testshire"
    assert opened.store.get("bins").title == "Bins"


def _other(field, value):
    def change(folder):
        held = orjson.loads((folder / MANIFEST).read_bytes())
        (folder / MANIFEST).write_bytes(orjson.dumps({**held, field: value}))

    return change


def _without(name):
    def change(folder):
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return change


def _half(name):
    def change(folder):
        data = (folder / name).read_bytes()
        (folder / name).write_bytes(data[: len(data) // 2])

    return change


def _half_of_each(pattern):
    def change(folder):
        for path in folder.glob(pattern):
            _half(path.relative_to(folder))(folder)

    return change


BROKEN = {
    "another format": _other("format", 0),
    "another engine": _other("engine", "xapian-1"),
    "an unknown field": _other("colour", "blue"),
    **{f"no {name}": _without(name) for name in (MANIFEST, SETTING, CATALOGUE, INDEX)},
    **{f"half of {name}": _half(name) for name in (MANIFEST, SETTING, CATALOGUE)},
    "half the index": _half_of_each(f"{INDEX}/*.postings"),
    "half the layers": _half_of_each("articles-*.json"),
    "half the packs": _half_of_each("articles-*.pack"),
    "nothing left": shutil.rmtree,
}


left_to_the_collector = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
"""Whoosh leaves the files of an index that it cannot read to the garbage collector."""


@left_to_the_collector
@pytest.mark.parametrize("what", BROKEN)
def test_a_generation_that_is_not_whole_is_not_opened_and_holds_no_file(published, what):
    folder = folder_of(published)
    BROKEN[what](folder)
    gc.collect()
    before = open_files()
    for _ in range(5):
        with pytest.raises(GenerationGone, match="run: kb index"):
            Generation(folder)
    gc.collect()
    assert open_files() <= before


@left_to_the_collector
@pytest.mark.parametrize("what", BROKEN)
def test_a_generation_that_is_not_whole_is_built_anew_by_the_next_publish(published, what):
    broken = current_name(published.folder())
    BROKEN[what](published.folder() / broken)
    report = published()
    gc.collect()
    assert [change.published for change in report.changes] == [True, False]
    assert published.found("bins") == ["bins"]
    assert published.names() == {current_name(published.folder())} != {broken}


def test_a_lost_pointer_is_mended_by_the_next_publish(published):
    (published.folder() / "current").unlink()
    with pytest.raises(NotPublished):
        open_current(published.var, Edition.PUBLIC)
    assert [change.published for change in published().changes] == [True, False]
    assert published.found("bins") == ["bins"]
    assert published.names() == {current_name(published.folder())}


def test_a_pointer_to_nothing_is_mended_by_the_next_publish(published):
    point_to(published.folder(), "20200101T000000-abcdef")
    with pytest.raises(GenerationGone):
        open_current(published.var, Edition.PUBLIC)
    published()
    assert published.found("bins") == ["bins"]


def test_an_edition_keeps_its_current_generation_and_the_one_before(content, published):
    first = current_name(published.folder())
    assert previous_and_current(published.folder()) == [published.folder() / first]
    content.article("faqs/bags.md", title="Bags", body="Tie them.")
    published()
    second = current_name(published.folder())
    assert previous_and_current(published.folder()) == [
        published.folder() / second,
        published.folder() / first,
    ]


def test_a_closed_generation_holds_no_file(published):
    before = open_files()
    open_current(published.var, Edition.PUBLIC).close()
    assert open_files() <= before
