"""What pages say of themselves in the terms of schema.org."""

import json
import re
from datetime import date, datetime

import pytest

from indexer.publish import Publisher
from kb import clock


def things(client, path):
    """By type: what a page's JSON-LD says."""
    page = client.get(path).text
    (said,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    document = json.loads(said)
    assert document["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in document["@graph"]}


@pytest.fixture
def described(council, var):
    """A council with partners, actions and bank holidays."""
    council.write(
        "authority.yml",
        "name: Testshire Council\nid: testshire\n"
        "channels: {telephone: 01632 960100, website: 'https://testshire.example'}\n"
        "bank_holidays: [2026-11-30, 2026-12-25, 2026-12-28]\n"
        "partners: [{id: fenbridge, name: Fenbridge District Council}]\n",
    )
    council.article(
        "services/waste.md",
        title="Household waste",
        provider="fenbridge",
        lgsl=524,
        summary="We empty your bins.",
        actions=[
            {"label": "Report", "url": "https://fenbridge.example/bins", "kind": "online"},
            {"label": "Call", "url": "tel:+441632960210", "kind": "telephone"},
        ],
    )
    council.article(
        "faqs/tagged.md",
        "It had the wrong things in it.\n\n## Next\nSort it.\n\n::: staff\nSecret.\n:::",
        title="Why is there a tag on my bin?",
        service="waste",
        questions=["what is the tag for"],
    )
    council.article("guides/which.md", title="Which bin?", body="Blue or black.")
    council.write(
        "places/hall.md",
        "---\ntitle: Town hall\naudience: public\naddress: 1 High Street, Testford\n"
        'hours: {mon: "09:00-12:30, 13:30-17:00", tue: "09:00-17:00", fri: "09:00-17:00", '
        'exceptions: {2026-11-02: "10:00-12:00", 2026-12-25: closed, 2026-12-28: "10:00-11:00", '
        "2026-10-30: closed}}\n---\nCome in.\n",
    )
    Publisher(council.path, var).publish()


@pytest.fixture
def today(monkeypatch):
    day = date(2026, 11, 2)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 2, 9, tzinfo=clock.ZONE))
    return day


def test_the_first_page_says_whose_site_it_is_and_how_to_search_it(public, described):
    site = things(public, "/")["WebSite"]
    assert (site["name"], site["url"]) == ("Testshire Council", "http://localhost/")
    assert site["publisher"]["telephone"] == "01632 960100"
    assert site["potentialAction"]["query-input"] == "required name=search_term_string"
    address = site["potentialAction"]["target"]["urlTemplate"]
    assert (
        'href="/articles/which' in public.get(address.replace("{search_term_string}", "which")).text
    )


def test_a_service_says_who_gives_it_and_how_it_is_got(public, described):
    service = things(public, "/articles/waste")["GovernmentService"]
    assert service["name"] == "Household waste"
    assert service["description"] == "We empty your bins."
    assert service["provider"] == {
        "@type": "GovernmentOrganization",
        "name": "Fenbridge District Council",
    }
    assert service["identifier"] == {"@type": "PropertyValue", "propertyID": "LGSL", "value": "524"}
    online, telephone = service["availableChannel"]
    assert online["serviceUrl"] == "https://fenbridge.example/bins"
    assert telephone["servicePhone"]["telephone"] == "+441632960210"
    assert datetime.fromisoformat(service["dateModified"]).tzinfo is not None


def test_a_question_comes_with_its_answer_and_other_wordings(public, described):
    page = things(public, "/articles/tagged")["FAQPage"]
    (question,) = page["mainEntity"]
    assert question["name"] == "Why is there a tag on my bin?"
    assert question["alternateName"] == ["what is the tag for"]
    assert question["acceptedAnswer"]["text"] == "It had the wrong things in it.\nSort it."


def test_a_question_without_an_answer_claims_none(public):
    assert things(public, "/articles/empty")["FAQPage"]["mainEntity"] == []


def test_a_guide_is_an_article(public, described):
    guide = things(public, "/articles/which")["Article"]
    assert (guide["headline"], guide["inLanguage"]) == ("Which bin?", "en")


def test_a_place_says_where_it_is_and_when_it_is_open(public, described, today):
    place = things(public, "/articles/hall")["GovernmentOffice"]
    assert place["address"] == "1 High Street, Testford"
    assert place["parentOrganization"]["name"] == "Testshire Council"
    week = [
        (spec["dayOfWeek"], spec["opens"][:5], spec["closes"][:5])
        for spec in place["openingHoursSpecification"]
    ]
    assert week == [
        (["Monday"], "09:00", "12:30"),
        (["Tuesday", "Friday"], "09:00", "17:00"),
        (["Monday"], "13:30", "17:00"),
    ]


def test_days_that_are_different_are_said_from_today_on_with_bank_holidays(
    public, described, today
):
    place = things(public, "/articles/hall")["GovernmentOffice"]
    special = [
        (spec["validFrom"], spec["opens"][:5], spec["closes"][:5])
        for spec in place["specialOpeningHoursSpecification"]
    ]
    assert special == [
        ("2026-11-02", "10:00", "12:00"),
        ("2026-11-30", "00:00", "00:00"),
        ("2026-12-25", "00:00", "00:00"),
        ("2026-12-28", "10:00", "11:00"),
    ]


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/articles/waste", ["Testshire Council", "A–Z of services", "Household waste"]),
        (
            "/articles/tagged",
            [
                "Testshire Council",
                "A–Z of services",
                "Household waste",
                "Why is there a tag on my bin?",
            ],
        ),
        ("/articles/hall", ["Testshire Council", "Places", "Town hall"]),
        ("/articles/which", ["Testshire Council", "Which bin?"]),
    ],
)
def test_a_trail_leads_from_the_first_page_to_the_article(public, described, path, names):
    trail = things(public, path)["BreadcrumbList"]["itemListElement"]
    assert [item["name"] for item in trail] == names
    assert [item["position"] for item in trail] == list(range(1, len(names) + 1))
    for item in trail:
        assert public.get(item["item"]).status_code == 200


def test_pages_about_nothing_in_particular_say_nothing(public):
    assert "ld+json" not in public.get("/a-z/").text
