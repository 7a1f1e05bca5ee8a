"""Erasing: texts go, what the chain covers stays, and the chain says so."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from kb.contacts.chain import contact_of
from kb.contacts.erasure import erase, find
from kb.contacts.tables import contacts
from tests.kb.contacts.made import report


@pytest.fixture
def found(chain):
    """What would be erased: the row, and its notes."""

    def find_them(**wanted) -> list[tuple[int, str]]:
        with chain.database.reading() as connection:
            return [(one.seq, one.notes) for one in find(connection, **wanted)]

    return find_them


def rows(chain):
    with chain.database.reading() as connection:
        return connection.execute(select(contacts).order_by(contacts.c.seq)).all()


def test_the_texts_of_a_contact_and_its_corrections_go_and_the_rest_stays(chain, verified):
    first, other = report("Mrs Example called", case="C-1"), report("another")
    correction = report("Mr Example called", corrects=first.id)
    chain.take_in([first, other, correction])
    before = rows(chain)
    assert erase(chain, [first.id]) == 2
    after = rows(chain)
    for old, new in ((before[0], after[0]), (before[2], after[2])):
        assert (new.notes, new.case, new.searches, new.salt) == (None,) * 4
        assert (new.texts, new.hash, new.outcome) == (old.texts, old.hash, old.outcome)
    assert contact_of(after[0]._asdict()) == first.contact.without_texts()
    assert after[1] == before[1]
    assert (after[3].kind, after[3].contact) == ("erasure", first.id)
    assert verified().erased == 2


def test_what_is_erased_is_in_no_file_of_the_database(chain_in_file):
    handed_in = report("Rumpelstiltskin", searches=["Rapunzel"] * 50)
    chain_in_file.take_in([handed_in, report("x" * 2000)])
    folder = chain_in_file.database.file.parent
    assert b"Rumpelstiltskin" in b"".join(path.read_bytes() for path in folder.iterdir())
    erase(chain_in_file, [handed_in.id])
    left = b"".join(path.read_bytes() for path in folder.iterdir())
    assert b"Rumpelstiltskin" not in left
    assert b"Rapunzel" not in left


def test_erasing_again_changes_nothing(chain, verified):
    handed_in = report("a note")
    chain.take_in([handed_in])
    assert erase(chain, [handed_in.id]) == 1
    assert erase(chain, [handed_in.id, uuid4()]) == 0
    assert verified().rows == 2


def test_a_contact_can_be_corrected_after_it_was_erased_and_erased_again(chain, verified):
    first = report("one")
    chain.take_in([first])
    erase(chain, [first.id])
    chain.take_in([report("two", corrects=first.id)])
    assert verified().erased == 1
    assert erase(chain, [first.id]) == 1
    assert verified().erased == 2


def test_a_contact_that_was_erased_and_comes_again_is_still_the_same(chain):
    handed_in = report("a note")
    chain.take_in([handed_in])
    erase(chain, [handed_in.id])
    assert not chain.take_in([handed_in])[0].new


def test_texts_are_found_by_contact_by_case_and_by_words(chain, found):
    first = report("Straße one", case="CRM-7")
    correction = report("corrected", corrects=first.id)
    other = report("two", searches=["Fußweg é"], case="crm-77")
    chain.take_in([first, other, correction])
    both = [(1, "Straße one"), (3, "corrected")]
    assert found(contact=first.id) == found(contact=correction.id) == both
    assert found(case="crm-7") == both
    assert found(words="STRASSE") == both
    assert found(words="fussweg É") == found(words="crm-77") == [(2, "two")]
    assert len(found(words="crm-7")) == 3


def test_nothing_is_found_where_nothing_is_meant_or_nothing_is_left(chain, found):
    handed_in = report("a note")
    chain.take_in([handed_in])
    for nothing in ({}, {"contact": uuid4()}, {"case": "C-1"}, {"case": ""}, {"words": ""}):
        assert found(**nothing) == []
    erase(chain, [handed_in.id])
    assert found(contact=handed_in.id) == found(words="note") == []
