"""Arrays behind the seam: the contract, and Whoosh's own ranking to compare with."""

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import index, query, scoring

from indexer.array_engine import ARRAYS
from indexer.document import Field
from indexer.engine import FIELD_WEIGHTS, Clause, IndexDamaged, Query, Ranking
from indexer.impacts import K1, B
from tests.indexer.engine_contract import EngineContract
from tests.indexer.made import document

WORDS = ["bin", "tax", "road", "tree", "school", "badg", "permit", "noise"]


class TestArrayEngine(EngineContract):
    engine = ARRAYS

    def test_an_update_leaves_no_lock_behind(self, held):
        held.put(document("bins", title="Bins"))
        held.put(document("trees", title="Trees"), gone=("bins",))
        assert [path.name for path in held.folder.iterdir() if "LOCK" in path.name] == []

    def test_postings_of_segments_that_are_gone_are_removed(self, held):
        for number in range(12):
            held.put(document(f"bins-{number}", title="Bins"))
        held.put(rewrite=True)
        assert len(list(held.folder.glob("*.postings"))) == 1

    def test_trigrams_alone_match_where_half_of_them_are_there(self, held):
        held.put(document("bins", title="Recycling"), document("other", title="Parking"))
        hints = tuple(Clause(gram, 0.4, 1.0) for gram in ("^re", "rec", "ecy", "cyc", "xxx"))
        opened = ARRAYS.open(held.folder)
        assert [m.key for m in opened.rank(Query((), hints=hints), 9).matches] == ["bins"]
        few = (*hints[:1], *(Clause(gram, 0.4, 1.0) for gram in ("xxx", "yyy", "zzz")))
        assert opened.rank(Query((), hints=few), 9).total == 0
        opened.close()

    def test_coverage_takes_from_what_has_less_of_the_question(self, held):
        held.put(document("half", body="Tax."), document("all", body="Tax and permit."))
        clauses = (Clause("tax", 1.0, 1.0), Clause("permit", 1.0, 1.0))
        opened = ARRAYS.open(held.folder)

        def scores(coverage: float) -> dict[str, float]:
            ranking = opened.rank(Query(clauses, coverage=coverage), 9)
            return {match.key: match.score for match in ranking.matches}

        plain, covered = scores(0.0), scores(1.0)
        assert covered["half"] == pytest.approx(plain["half"] / 2, rel=1e-3)
        assert covered["all"] == pytest.approx(plain["all"], rel=1e-3)
        opened.close()


def whoosh_ranking(folder: Path, asked: Query) -> dict[str, float]:
    """The score of each document by Whoosh's own searcher and BM25F."""
    held = index.open_dir(str(folder))
    tree = query.Or(
        [
            query.Term(field.value, clause.term, boost=clause.weight * weight)
            for clause in asked.clauses
            for field, weight in FIELD_WEIGHTS.items()
        ]
    )
    with held.searcher(weighting=scoring.BM25F(B=B, K1=K1)) as searcher:
        results = searcher.search(tree, limit=None)
        scores = {results.fields(n)["key"]: results.score(n) for n in range(len(results))}
    held.close()
    return scores


texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
documents = st.lists(st.dictionaries(st.sampled_from(list(Field)), texts), min_size=1, max_size=12)
clauses = st.dictionaries(st.sampled_from(WORDS), st.sampled_from([1.0, 0.9, 0.55]), min_size=1)


@given(batches=st.lists(documents, min_size=1, max_size=3), asked=clauses)
def test_scores_are_those_of_whooshs_own_bm25f(batches, asked):
    wanted = Query(tuple(Clause(term, weight) for term, weight in asked.items()))
    with TemporaryDirectory() as name:
        folder = Path(name)
        for number, batch in enumerate(batches):
            made = [
                document(f"d{number}-{place}", **{field.value: text for field, text in one.items()})
                for place, one in enumerate(batch)
            ]
            ARRAYS.update(folder, made, [], rewrite=False)
        opened = ARRAYS.open(folder)
        ours = {match.key: match.score for match in opened.rank(wanted, 100).matches}
        opened.close()
        assert ours == pytest.approx(whoosh_ranking(folder, wanted), rel=1e-3)


def test_a_damaged_index_says_so_and_is_not_added_to(tmp_path):
    ARRAYS.update(tmp_path, [document("bins", title="Bins")], [], rewrite=False)
    for path in tmp_path.glob("*.seg"):
        path.unlink()
    with pytest.raises(IndexDamaged):
        ARRAYS.update(tmp_path, [document("bins", title="New bins")], [], rewrite=True)


def test_an_error_of_the_documents_themselves_is_passed_on(tmp_path):
    def failing():
        yield document("bins", title="Bins")
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        ARRAYS.update(tmp_path, failing(), [], rewrite=False)


def test_the_best_of_many_come_whatever_the_limit(tmp_path):
    luck = Random(7)
    made = [
        document(f"d{number}", title=luck.choice(WORDS), body=" ".join(luck.choices(WORDS, k=9)))
        for number in range(1_300)
    ]
    ARRAYS.update(tmp_path, made, [], rewrite=False)
    opened = ARRAYS.open(tmp_path)
    asked = Query((Clause("tax"), Clause("permit", 0.5)))
    every = opened.rank(asked, 1_300)
    assert every.total == len(every.matches) > 600
    assert list(every.matches) == sorted(every.matches, key=lambda one: (-one.score, one.key))
    for limit in (1, 10, 50, 511, 512, 513, 1_024, 1_299):
        assert opened.rank(asked, limit) == Ranking(every.matches[:limit], every.total)
    opened.close()
