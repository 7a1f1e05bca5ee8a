"""Who keeps an article true."""

import pytest

from indexer.current import CurrentEdition
from indexer.owners import owners_in
from indexer.publish import Publisher
from kb.article import Edition
from kb.records.routing import OwnersUnknown


def test_an_owner_is_who_the_staff_edition_names_now(content, tmp_path):
    owner_of = owners_in(CurrentEdition(tmp_path, Edition.STAFF))
    with pytest.raises(OwnersUnknown):
        owner_of("bins")
    content.write("directory.csv", "id,name\nwaste-desk,Waste desk\nroads,Roads\n")
    content.article("faqs/bins.md", owner="waste-desk")
    content.article("faqs/other.md")
    Publisher(content.path, tmp_path).publish()
    assert [owner_of(one) for one in ("bins", "other", "none")] == ["waste-desk", None, None]
    content.article("faqs/bins.md", owner="roads")
    Publisher(content.path, tmp_path).publish()
    assert owner_of("bins") == "roads"
