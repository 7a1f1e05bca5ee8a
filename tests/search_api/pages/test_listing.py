"""Articles in lists."""

from flask import Flask

from indexer.generation import open_current
from kb.article import Edition
from search_api.pages.listing import Listed, by_id, by_title


def test_titles_are_in_the_language_of_the_page_where_they_can_be(county, var):
    generation = open_current(var, Edition.PUBLIC)
    store = generation.store
    with Flask("x").test_request_context("/?lang=cy"):
        assert by_id(store, ["potholes", "nothing", "bins"]) == {
            "potholes": Listed("potholes", "Potholes", "en"),
            "bins": Listed("bins", "Bin a gollwyd", "cy"),
        }
        rows = [store.rows["potholes"], store.rows["bins"]]
        assert [one.id for one in by_title(store, rows)] == ["bins", "potholes"]
    generation.close()
