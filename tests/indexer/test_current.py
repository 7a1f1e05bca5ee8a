"""The current generation, kept open and exchanged between two requests."""

import gc
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from indexer import generation
from indexer.catalogue import CATALOGUE
from indexer.current import CurrentEdition, open_searcher
from indexer.embedding import Semantics
from indexer.generation import GenerationGone, NotPublished, current_name
from indexer.results import SearchRequest
from kb.article import Edition
from tests.indexer.concepts import Concepts
from tests.indexer.files import open_files

PUBLIC, STAFF = Edition.PUBLIC, Edition.STAFF
ARTICLES = 6


def write(content, version):
    """Write every article with the version in its title and text."""
    for number in range(ARTICLES):
        content.article(
            f"faqs/bin-{number}.md", title=f"Bin v{version}", body=f"Bins of version v{version}."
        )


@pytest.fixture
def edition(content, publish):
    write(content, 0)
    publish()
    opened = CurrentEdition(publish.var, PUBLIC)
    yield opened
    opened.close()


def titles(edition, words="bins"):
    with edition.reading() as searcher:
        return {hit.title for hit in searcher.search(SearchRequest(words)).results}


def test_it_can_be_opened_before_anybody_asks(content, publish):
    embedder = Concepts()
    publish.semantics = Semantics(embedder)
    publish.publisher = publish.another()
    write(content, 0)
    publish()
    opened = CurrentEdition(publish.var, PUBLIC, publish.semantics)
    embedder.read.clear()
    opened.warm()
    assert embedder.read, "the model is loaded"
    (publish.var / "editions" / "public" / "current").unlink()
    assert titles(opened) == {"Bin v0"}, "and the generation is open"
    opened.close()


def test_there_may_be_nothing_to_open_yet(tmp_path):
    CurrentEdition(tmp_path, PUBLIC).warm()


def test_a_request_is_answered_from_the_current_generation(edition, publish):
    with edition.reading() as searcher:
        assert searcher.generation.name == current_name(publish.folder())
    assert titles(edition) == {"Bin v0"}


def test_requests_share_one_searcher_as_long_as_nothing_is_published(edition):
    with edition.reading() as one, edition.reading() as other:
        assert one is other
    with edition.reading() as again:
        assert again is one


def test_each_edition_is_its_own(content, publish):
    content.article("faqs/bombs.md", title="Bombs", audience="staff", body="Calm.")
    publish()
    public, staff = CurrentEdition(publish.var, PUBLIC), CurrentEdition(publish.var, STAFF)
    assert (titles(public, "bombs"), titles(staff, "bombs")) == (set(), {"Bombs"})
    public.close()
    staff.close()


def test_the_next_request_after_a_publish_is_answered_from_the_new_generation(
    edition, content, publish
):
    assert titles(edition) == {"Bin v0"}
    write(content, 1)
    publish()
    assert titles(edition) == {"Bin v1"}


def test_a_request_keeps_the_generation_it_began_with(edition, content, publish):
    with edition.reading() as old:
        for version in (1, 2, 3):  # the generation is cleaned away meanwhile
            write(content, version)
            publish()
            assert titles(edition) == {f"Bin v{version}"}
        assert not old.generation.folder.exists()
        page = old.search(SearchRequest("bins"))
        assert {hit.title for hit in page.results} == {"Bin v0"}
        assert {hit.answer.text for hit in page.results} == {"Bins of version v0."}


def test_an_old_generation_is_closed_when_its_last_request_is_done(edition, content, publish):
    titles(edition)
    gc.collect()  # what earlier tests left open is not to be closed between two counts
    one_open = open_files()
    with edition.reading(), edition.reading():
        write(content, 1)
        publish(full=True)
        with edition.reading():
            assert open_files() > one_open
        with edition.reading():
            assert open_files() > one_open
    gc.collect()  # Whoosh leaves the files it read while publishing to the collector
    assert open_files() <= one_open


def test_an_edition_that_is_not_published_says_so_until_it_is(content, publish):
    edition = CurrentEdition(publish.var, PUBLIC)
    for _ in range(2):
        with pytest.raises(NotPublished, match="run: kb index"), edition.reading():
            pass
    write(content, 0)
    publish()
    assert titles(edition) == {"Bin v0"}
    edition.close()


@pytest.mark.parametrize("held", ["20200101T000000-gone\n", "", None])
def test_the_open_generation_serves_on_while_the_pointer_is_bad(edition, content, publish, held):
    titles(edition)
    pointer = publish.folder() / "current"
    if held is None:
        pointer.unlink()
    else:
        pointer.write_text(held)
    before = open_files()
    for _ in range(5):
        assert titles(edition) == {"Bin v0"}
    assert open_files() <= before
    write(content, 1)
    publish()
    assert titles(edition) == {"Bin v1"}


def test_a_first_generation_that_is_not_whole_says_so_until_it_is(edition, publish):
    name = current_name(publish.folder())
    (publish.folder() / name / CATALOGUE).unlink()
    with pytest.raises(GenerationGone, match="run: kb index"), edition.reading():
        pass
    publish()
    assert titles(edition) == {"Bin v0"}


def test_an_error_in_a_request_lets_go_of_the_generation(edition, content, publish):
    titles(edition)
    before = open_files()
    with pytest.raises(RuntimeError), edition.reading():
        raise RuntimeError
    write(content, 1)
    publish(full=True)
    assert titles(edition) == {"Bin v1"}
    gc.collect()  # Whoosh's writer leaves what it read to the garbage collector
    assert open_files() <= before


def test_closing_lets_go_of_all_files_after_the_last_request(edition):
    with edition.reading():
        pass
    edition.close()
    gc.collect()  # Whoosh's writer leaves what it read to the garbage collector
    before = open_files()
    titles(edition)
    with edition.reading() as searcher:
        edition.close()
        assert searcher.search(SearchRequest("bins")).total == ARTICLES
        assert open_files() > before
    gc.collect()
    assert open_files() <= before


def test_a_command_opens_the_current_generation(edition, publish):
    searcher = open_searcher(publish.var, STAFF)
    assert searcher.generation.name == current_name(publish.folder(STAFF))
    searcher.close()


def test_eight_threads_search_while_a_writer_publishes_thirty_times(edition, content, publish):
    before = open_files()
    titles(edition)
    done = threading.Event()
    versions = {current_name(publish.folder()): "v0"}
    most_open = [0]

    def write_and_publish():
        try:
            for number in range(1, 31):
                write(content, number)
                publish()
                versions[current_name(publish.folder())] = f"v{number}"
                most_open[0] = max(most_open[0], open_files())
        finally:
            done.set()

    def search():
        seen = []
        while True:
            last = done.wait(0.005)  # eight threads that never pause would starve the writer
            with edition.reading() as searcher:
                page = searcher.search(SearchRequest("bins"))
                later = searcher.search(SearchRequest("version"))
            seen += [page, later]
            assert page.generation == later.generation
            if last:
                return seen

    with ThreadPoolExecutor(9) as pool:
        writing = pool.submit(write_and_publish)
        searching = [pool.submit(search) for _ in range(8)]
        writing.result(300)
        pages = [page for future in searching for page in future.result(300)]

    assert len(versions) == 31
    for page in pages:
        version = versions[page.generation]
        assert page.total == ARTICLES
        assert {hit.id for hit in page.results} == {f"bin-{number}" for number in range(ARTICLES)}
        assert {hit.title for hit in page.results} == {f"Bin {version}"}
        assert {hit.answer.text for hit in page.results} == {f"Bins of version {version}."}
    assert {versions[page.generation] for page in pages} >= {"v30"}
    assert titles(edition) == {"Bin v30"}
    assert most_open[0] < before + 150
    edition.close()
    gc.collect()  # Whoosh's writer leaves what it read to the garbage collector
    assert open_files() <= before


def test_that_there_is_nothing_to_serve_is_logged_when_it_begins_and_when_it_ends(
    content, publish, caplog
):
    edition = CurrentEdition(publish.var, PUBLIC)
    for _ in range(3):
        with pytest.raises(NotPublished), edition.reading():
            pass
    (begun,) = caplog.messages
    assert begun.startswith("nothing to serve: no public edition is published")
    write(content, 0)
    publish()
    for _ in range(3):
        titles(edition)
    assert caplog.messages[1:] == ["the public edition is served again, as it is on disk now"]
    edition.close()


def test_an_edition_of_another_version_is_logged_once(content, publish, caplog, monkeypatch):
    write(content, 0)
    publish()
    edition = CurrentEdition(publish.var, PUBLIC)
    with monkeypatch.context() as newer:
        newer.setattr(generation, "FORMAT", 999)
        for _ in range(3):
            with pytest.raises(GenerationGone), edition.reading():
                pass
    (begun,) = caplog.messages
    assert begun.startswith("nothing to serve: ")
    assert "another version; run: kb index" in begun
    titles(edition)
    assert len(caplog.messages) == 2
    edition.close()


def test_that_an_older_generation_serves_on_is_logged_once(edition, content, publish, caplog):
    titles(edition)
    (publish.folder() / "current").write_text("20200101T000000-gone\n")
    for _ in range(3):
        titles(edition)
    (begun,) = caplog.messages
    assert begun.startswith("the public edition is served on as it was before: ")
    write(content, 1)
    publish()
    for _ in range(3):
        titles(edition)
    assert len(caplog.messages) == 2


def test_nothing_is_logged_where_all_is_well(edition, content, publish, caplog):
    titles(edition)
    write(content, 1)
    publish()
    titles(edition)
    assert caplog.messages == []
