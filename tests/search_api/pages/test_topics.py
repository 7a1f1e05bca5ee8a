"""Topics: the tags that articles share."""

import pytest

from search_api.pages.topics import slug_of
from tests.search_api.pages.county import AUTHORITY, main_of, say


def test_tags_that_differ_in_capitals_are_one_topic(site):
    said = say(site.get("/topics/waste"))
    assert "Missed bin" in said
    assert "Will you take bags beside my bin?" in said
    assert "Potholes" not in main_of(site.get("/topics/waste"))


def test_the_authority_chooses_the_topics_that_are_listed(site, county):
    assert "There are no topics in this edition yet." in say(site.get("/topics/"))
    county.write("authority.yml", AUTHORITY + "topics: [Waste, nothing]\n")
    county.publish()
    page = main_of(site.get("/topics/"))
    assert 'href="/topics/waste"' in page
    assert "2 pages" in page
    assert "nothing" not in page


def test_without_a_choice_tags_of_three_articles_are_listed(site, county):
    county.article("faqs/foxes.md", title="Foxes", tags=["waste"])
    county.publish()
    assert 'href="/topics/waste"' in main_of(site.get("/topics/"))
    assert 'href="/topics/roads"' not in main_of(site.get("/topics/"))


@pytest.mark.parametrize("tag", ["Waste", "nothing", "%00", "-"])
def test_what_is_no_topic_is_not_found(site, tag):
    assert site.get(f"/topics/{tag}").status_code == 404


@pytest.mark.parametrize(
    ("tag", "slug"),
    [("Council tax", "council-tax"), ("Café & bar", "cafe-bar"), ("bins/waste", "bins-waste")],
)
def test_a_tag_becomes_part_of_an_address(tag, slug):
    assert slug_of(tag) == slug
