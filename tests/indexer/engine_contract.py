"""What every engine must do. An engine's tests subclass this, and name their format."""

import os
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import ClassVar

import pytest

from indexer.analysis import stem
from indexer.document import Document, Field
from indexer.engine import Clause, EngineFormat, Match, Query, Ranking
from tests.indexer.files import contents, holding, open_files
from tests.indexer.made import document

EVERYTHING = 10_000


class Held:
    """An index in a folder, changed and asked through the seam alone."""

    def __init__(self, engine: EngineFormat, folder: Path) -> None:
        self.engine = engine
        self.folder = folder
        folder.mkdir(exist_ok=True)

    def put(self, *documents: Document, gone: tuple[str, ...] = (), rewrite: bool = False) -> None:
        """Add or replace documents, and remove those that are gone."""
        self.engine.update(self.folder, documents, gone, rewrite=rewrite)

    def rank(
        self, *words: str | tuple[str, float], limit: int = EVERYTHING, **must: str | None
    ) -> Ranking:
        """Ask for words, each alone or with its weight, of a kind or a service."""
        weighted = [(word, 1.0) if isinstance(word, str) else word for word in words]
        clauses = tuple(Clause(stem(word), weight) for word, weight in weighted)
        opened = self.engine.open(self.folder)
        try:
            return opened.rank(
                Query(clauses, must.pop("kind", None), must.pop("service", None)), limit
            )
        finally:
            opened.close()

    def keys(
        self, *words: str | tuple[str, float], limit: int = EVERYTHING, **must: str | None
    ) -> list[str]:
        """The keys found, best first."""
        return [match.key for match in self.rank(*words, limit=limit, **must).matches]


class EngineContract:
    """Subclass this in a few lines: `class TestMine(EngineContract): engine = MINE`."""

    engine: ClassVar[EngineFormat]

    @pytest.fixture
    def held(self, tmp_path: Path) -> Iterator[Held]:
        yield Held(self.engine, tmp_path / "index")

    @pytest.fixture
    def council(self, held: Held) -> Held:
        """A few documents of different kinds and services."""
        held.put(
            document("bins", kind="service", service="bins", title="Bin collections"),
            document("missed-bin", service="bins", title="My bin was not emptied"),
            document("trees", kind="service", service="trees", title="Trees and hedges"),
            document("fallen-tree", service="trees", title="A tree fell on my bin"),
            document("office", kind="place", title="Council office"),
        )
        return held

    # What matches

    def test_any_of_the_words_matches(self, council):
        assert set(council.keys("office", "tree")) == {"office", "trees", "fallen-tree"}

    def test_a_word_matches_in_another_form_of_it(self, council):
        assert council.keys("collection") == ["bins"]
        assert council.keys("collected") == ["bins"]

    @pytest.mark.parametrize("field", list(Field))
    def test_every_field_is_searched(self, held, field):
        held.put(document("has", **{field.value: "A pothole here"}), document("other", title="A"))
        assert held.keys("pothole") == ["has"]

    def test_a_word_of_no_document_matches_nothing(self, council):
        assert council.rank("unicorn") == Ranking((), 0)

    def test_a_word_of_no_document_leaves_the_others_as_they_were(self, council):
        assert council.rank("office", "unicorn") == council.rank("office")

    def test_a_query_without_words_matches_nothing(self, council):
        assert council.rank() == Ranking((), 0)
        assert council.rank(kind="faq", service="bins") == Ranking((), 0)

    def test_words_of_any_script_match(self, held):
        held.put(
            document("greek", body="Συλλογή απορριμμάτων"),
            document("chinese", body="垃圾 收集"),
            document("welsh", body="Casglu biniau tŷ"),
        )
        assert held.keys("απορριμμάτων") == ["greek"]
        assert held.keys("垃圾") == ["chinese"]
        assert held.keys("tŷ") == ["welsh"]

    def test_an_index_of_nothing_answers_nothing(self, held):
        held.put()
        assert held.rank("bin") == Ranking((), 0)

    # Kind and service

    def test_a_kind_leaves_only_that_kind(self, council):
        assert set(council.keys("bin", kind="faq")) == {"missed-bin", "fallen-tree"}

    def test_a_service_leaves_only_what_belongs_to_it(self, council):
        assert set(council.keys("bin", service="bins")) == {"bins", "missed-bin"}

    def test_kind_and_service_must_both_hold(self, council):
        assert council.keys("bin", kind="faq", service="trees") == ["fallen-tree"]

    @pytest.mark.parametrize(
        "must",
        [
            {"kind": "unicorn"},
            {"service": "unicorn"},
            {"kind": "place", "service": "bins"},
            {"kind": "place"},
        ],
        ids=str,
    )
    def test_a_filter_that_nothing_passes_finds_nothing(self, council, must):
        assert council.rank("bin", **must) == Ranking((), 0)

    def test_a_filter_is_no_word_to_be_found(self, council):
        assert council.keys("bin", kind="place") == []
        assert council.keys("faq") == []

    def test_a_filter_changes_no_score(self, council):
        free = {match.key: match.score for match in council.rank("bin", "tree").matches}
        for match in council.rank("bin", "tree", kind="faq", service="bins").matches:
            assert match.score == pytest.approx(free[match.key])

    # In which order

    def test_results_come_best_first_with_scores_above_nothing(self, council):
        scores = [match.score for match in council.rank("bin", "tree", "office").matches]
        assert scores == sorted(scores, reverse=True)
        assert scores[-1] > 0

    def test_more_of_the_words_rank_higher(self, council):
        assert council.keys("bin", "tree")[0] == "fallen-tree"

    def test_a_title_outweighs_a_body(self, held):
        held.put(
            document("in-body", title="Roads", body="potholes"),
            document("in-title", title="Potholes", body="roads"),
        )
        assert held.keys("pothole") == ["in-title", "in-body"]

    def test_a_clause_of_more_weight_counts_for_more(self, held):
        held.put(document("first", title="Hedges"), document("second", title="Fences"))
        assert held.keys(("hedge", 1.0), ("fence", 0.5)) == ["first", "second"]
        assert held.keys(("hedge", 0.5), ("fence", 1.0)) == ["second", "first"]

    def test_a_rarer_word_counts_for_more(self, held):
        common = [document(f"permit-{number}", title="Permits") for number in range(9)]
        held.put(*common, document("skip", title="Skips"))
        assert held.keys("permit", "skip")[0] == "skip"

    def test_equal_scores_come_by_key(self, held):
        keys = ["delta", "alpha", "charlie", "bravo"]
        held.put(*[document(key, title="Parking") for key in keys])
        assert held.keys("parking") == sorted(keys)

    def test_equal_scores_come_by_key_however_few_are_wanted(self, held):
        keys = [f"key-{number:03}" for number in reversed(range(150))]
        held.put(*[document(key, title="Parking") for key in keys])
        for limit in (1, 10, 149):
            assert held.keys("parking", limit=limit) == sorted(keys)[:limit]

    def test_equal_scores_come_by_key_across_updates(self, held):
        for key in ("delta", "alpha", "charlie", "bravo"):
            held.put(document(key, title="Parking"))
        assert held.keys("parking") == ["alpha", "bravo", "charlie", "delta"]

    # How many

    @pytest.mark.parametrize(("limit", "given"), [(0, 0), (1, 1), (2, 2), (3, 3), (50, 3)])
    def test_the_limit_bounds_the_matches_and_not_the_total(self, council, limit, given):
        ranking = council.rank("bin", limit=limit)
        assert len(ranking.matches) == given
        assert limit == 0 or ranking.total == 3

    def test_a_smaller_limit_gives_the_beginning_of_a_larger_one(self, council):
        every = council.rank("bin", "tree", "office").matches
        assert len(every) == 5
        for limit in range(1, 6):
            assert council.rank("bin", "tree", "office", limit=limit).matches == every[:limit]

    # Updates

    def test_an_update_adds_to_what_is_there(self, council):
        council.put(document("pothole", title="Potholes"))
        assert council.keys("pothole") == ["pothole"]
        assert council.keys("office") == ["office"]

    def test_an_update_replaces_a_document_of_the_same_key(self, council):
        council.put(document("office", kind="guide", title="Library"))
        assert council.rank("office") == Ranking((), 0)
        assert council.keys("library") == ["office"]
        assert council.keys("library", kind="place") == []
        assert council.rank("library").total == 1

    def test_a_document_that_is_gone_is_not_found(self, council):
        council.put(gone=("missed-bin", "trees"))
        assert set(council.keys("bin", "tree")) == {"bins", "fallen-tree"}
        assert council.rank("bin", "tree").total == 2

    def test_a_key_that_is_not_there_can_be_gone(self, council):
        council.put(gone=("unicorn",))
        assert council.rank("bin").total == 3

    def test_one_update_can_add_replace_and_remove(self, council):
        council.put(
            document("pothole", title="Potholes"),
            document("office", title="Library"),
            gone=("trees",),
        )
        assert set(council.keys("pothole", "library", "tree", "office")) == {
            "pothole",
            "office",
            "fallen-tree",
        }

    def test_many_updates_find_what_one_would(self, held, tmp_path):
        words = ["bins", "trees", "roads", "parks", "schools", "taxes"]
        documents = [
            document(f"key-{number:02}", title=words[number % 6], body=words[number * 5 % 6])
            for number in range(30)
        ]
        for one in documents:
            held.put(one)
        together = Held(self.engine, tmp_path / "together")
        together.put(*documents)
        for word in words:
            assert set(held.keys(word)) == set(together.keys(word)) != set()

    def test_a_rewrite_finds_what_was_found_before(self, council):
        before = council.keys("bin", "tree", "office")
        council.put(document("pothole", title="Potholes"), gone=("bins",), rewrite=True)
        assert set(council.keys("bin", "tree", "office")) == {*before} - {"bins"}
        assert council.keys("pothole") == ["pothole"]

    # What is in the files

    def test_updating_a_hard_linked_copy_leaves_the_original_as_it_was(self, council, tmp_path):
        council.put(document("pothole", title="Potholes"))
        files, found = contents(council.folder), council.rank("bin", "tree", "pothole")
        copy = Held(self.engine, tmp_path / "copy")
        for path in council.folder.iterdir():
            os.link(path, copy.folder / path.name)
        for rewrite in (False, False, True):
            copy.put(document("bins", title="Library"), gone=("office",), rewrite=rewrite)
        assert contents(council.folder) == files
        assert council.rank("bin", "tree", "pothole") == found
        assert copy.keys("library") == ["bins"]

    @pytest.mark.parametrize("how", ["gone", "replaced"])
    def test_a_rewrite_leaves_no_trace_of_what_went(self, council, how):
        council.put(document("secret", title="Qazsecret plan", body="qazsecret", tags="qazsecret"))
        council.put(document("pothole", title="Potholes"))
        assert holding(council.folder, "qazsecret")
        if how == "gone":
            council.put(gone=("secret",), rewrite=True)
        else:
            council.put(document("secret", title="Open plan"), rewrite=True)
        assert holding(council.folder, "qazsecret") == []
        assert council.keys("pothole") == ["pothole"]
        assert council.keys("plan") == ([] if how == "gone" else ["secret"])

    def test_a_rewrite_can_leave_nothing_at_all(self, held):
        held.put(document("secret", title="Qazsecret plan"))
        held.put(gone=("secret",), rewrite=True)
        assert holding(held.folder, "qazsecret") == []
        assert held.rank("plan") == Ranking((), 0)

    # While it is read

    def test_an_open_index_does_not_see_what_is_published_beside_it(self, council, tmp_path):
        copy = Held(self.engine, tmp_path / "copy")
        for path in council.folder.iterdir():
            os.link(path, copy.folder / path.name)
        opened = self.engine.open(council.folder)
        query = Query((Clause("bin"),))
        before = opened.rank(query, 10)
        copy.put(gone=("bins", "missed-bin"), rewrite=True)
        assert opened.rank(query, 10) == before
        opened.close()

    def test_an_open_index_goes_on_when_its_folder_is_cleaned_away(self, council):
        opened = self.engine.open(council.folder)
        expected = council.rank("bin", "tree")
        shutil.rmtree(council.folder)
        assert opened.rank(Query((Clause("bin"), Clause("tree"))), EVERYTHING) == expected
        opened.close()

    def test_eight_threads_find_what_one_finds(self, held):
        words = [stem(word) for word in ("bins", "trees", "roads", "parks", "schools", "taxes")]
        held.put(
            *[
                document(
                    f"key-{number:03}",
                    title=words[number % 6],
                    body=f"{words[number * 5 % 6]} {words[number // 6 % 6]} " * (number % 4),
                )
                for number in range(200)
            ]
        )
        queries = [Query((Clause(one), Clause(other, 0.5))) for one in words for other in words]
        opened = self.engine.open(held.folder)
        expected = [opened.rank(query, 10) for query in queries]
        together = threading.Barrier(8)

        def ask(start: int) -> list[tuple[Query, tuple[Match, ...]]]:
            together.wait(timeout=30)
            order = queries[start:] + queries[:start]
            return [(query, opened.rank(query, 10).matches) for query in order]

        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(ask, range(8)))
        opened.close()
        for answers in found:
            given = dict(answers)
            assert [given[query] for query in queries] == [each.matches for each in expected]

    def test_a_closed_index_holds_no_file(self, council):
        before = open_files()
        opened = [self.engine.open(council.folder) for _ in range(5)]
        for one in opened:
            one.rank(Query((Clause("bin"),)), 10)
            one.close()
        assert open_files() <= before

    # How a score came about

    def test_a_score_is_what_its_explanation_adds_up_to(self, council):
        opened = self.engine.open(council.folder)
        asked = (Clause("bin", 1.0, 2.0), Clause("tree", 0.5, 1.0), Clause("unicorn", 1.0, 3.0))
        for coverage in (0.0, 0.6):
            query = Query(asked, hints=(Clause("^bi", 0.4, 1.0),), coverage=coverage)
            for match in opened.rank(query, EVERYTHING).matches:
                account = opened.explain(query, match.key)
                assert account.score == pytest.approx(match.score, rel=1e-3)
                assert all(gain.points > 0 for gain in account.gains)
        opened.close()
