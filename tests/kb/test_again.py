"""What is read, checked and planned upon an earlier result is what it is from the beginning."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from kb.article import Edition
from kb.content import read_again, read_content
from kb.crosscheck import crosscheck
from kb.editions import plan_edition
from tests.edits import BEGINNING, DAYS, EDITS, FIRST_DAY, apply


@given(st.lists(st.tuples(EDITS, DAYS), min_size=1, max_size=6), st.booleans())
def test_any_edits_lead_to_what_there_is_from_the_beginning(steps, by_event):
    with TemporaryDirectory() as scratch:
        root = Path(scratch)
        sources, checked, plans = {}, None, dict.fromkeys(Edition)
        for edits, day in [(BEGINNING, FIRST_DAY), *steps]:
            apply(edits, root)
            anew = read_content(root)
            if by_event and checked is not None:
                read = read_again(checked.content, {name for name, _ in edits})
            else:
                read = read_content(root, sources)
            assert list(read.sources) == list(anew.sources)
            assert read.problems == anew.problems
            assert read.others == anew.others
            checked, whole = crosscheck(read, day, checked), crosscheck(anew, day)
            assert checked.problems == whole.problems
            assert checked.drafts == whole.drafts
            assert checked.findings == whole.findings
            sources = read.sources
            for edition in Edition:
                planned = plan_edition(checked, edition, plans[edition])
                expected = plan_edition(whole, edition)
                assert planned.drafts == expected.drafts
                assert planned.fingerprints == expected.fingerprints
                built = {key: planned.build(key) for key in planned.drafts}
                assert built == {key: expected.build(key) for key in expected.drafts}
                plans[edition] = planned
