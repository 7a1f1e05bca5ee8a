"""The made-up councils: enough of everything, plainly fictional, and of one mind throughout."""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from kb import clock
from kb.article import Audience, Edition, Kind
from kb.content import read_content
from kb.crosscheck import crosscheck
from kb.editions import plan_edition
from kb.frontmatter import FIELDS

CONTENT = Path(__file__).parents[1] / "content"


@pytest.fixture(scope="module")
def checked():
    return crosscheck(read_content(CONTENT), clock.today())


@pytest.fixture(scope="module")
def articles(checked):
    """Every article as staff see it, by id."""
    plan = plan_edition(checked, Edition.STAFF)
    return {key: plan.build(key) for key in plan.drafts if "." not in key}


def sources() -> dict[str, str]:
    return {
        path.relative_to(CONTENT).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(CONTENT.rglob("*"))
        if path.is_file()
    }


def test_there_is_no_problem_of_any_kind(checked):
    # A translation is held to the same rules; what is out of season is no problem.
    assert [str(problem) for problem in checked.problems] == []


def test_there_is_enough_of_everything(checked, articles):
    kinds = Counter(article.kind for article in articles.values())
    assert kinds[Kind.SERVICE] >= 80
    assert kinds[Kind.FAQ] >= 150
    assert len([article for article in articles.values() if article.steps]) >= 8
    places = [article for article in articles.values() if article.kind is Kind.PLACE]
    assert len(places) >= 8
    assert all(place.hours and place.hours.exceptions and place.address for place in places)
    assert len(checked.content.directory) >= 120
    assert len(checked.content.notices) >= 3
    assert {standard.name for standard in checked.content.authority.standards} >= {
        *("Telephone", "E-mail", "Letters", "Complaints", "Opening hours"),
    }


def test_staff_know_more_about_most_services(articles):
    services = [article for article in articles.values() if article.kind is Kind.SERVICE]
    known = [
        article
        for article in services
        if any(section.audience is Audience.STAFF for section in article.sections)
    ]
    assert len(known) > len(services) / 2
    assert (
        len([article for article in articles.values() if article.audience is Audience.STAFF]) >= 8
    )


def test_every_field_of_the_format_is_used():
    used = set(re.findall(r"^(\w+):", "\n".join(sources().values()), re.MULTILINE))
    assert set(FIELDS) - used == set()


def test_every_article_has_an_owner_a_date_and_callers_own_words(checked):
    for draft in checked.drafts.values():
        front = draft.front
        assert front.verified, draft.path
        assert front.review_by, draft.path
        assert front.review_by > front.verified, draft.path
        assert front.questions, draft.path
        assert front.owner or draft.language != "en", draft.path


def test_every_telephone_number_is_fictional_and_known(checked):
    authority = checked.content.authority
    known = {entry.telephone for entry in checked.content.directory}
    known |= {partner.telephone for partner in authority.partners if partner.telephone}
    known |= {authority.channels.telephone}
    for path, text in sources().items():
        plain = text.replace("+441632", "01632 ")
        for number in re.findall(r"\+?\b0\d[\d ]{8,12}\d|\b01632[ \d]+\d", plain):
            assert re.fullmatch(r"01632 960\d{3}", number), f"{path}: {number}"
            assert path == "directory.csv" or number in known, f"{path}: {number}"


def test_a_telephone_action_dials_a_number_of_the_directory(checked):
    known = {entry.telephone.replace(" ", "") for entry in checked.content.directory}
    short = {"999", "101", "111", "105", "159"}
    for draft in checked.drafts.values():
        for action in draft.front.actions:
            if action.url.startswith("tel:"):
                number = action.url.removeprefix("tel:").replace("+44", "0")
                assert number in known | short, f"{draft.path}: {number}"
                assert action.kind == "telephone", draft.path


def test_every_address_on_the_web_is_fictional():
    for path, text in sources().items():
        for host in re.findall(r"(?<!xmlns=\")https?://([\w.-]+)|@([\w-]+(?:\.[\w-]+)+)", text):
            assert "".join(host).rstrip(".").endswith(".example"), f"{path}: {host}"


FEES = [
    (r"brown bin|garden waste", r"a year|a bin|six months", {"£52"}),
    (r"bulky|large items", r"up to (3|three)", {"£42", "£21", "£12"}),
    (r"blue badge", r"costs|pay", {"£10"}),
    (r"certificate", r"costs|each", {"£12.50"}),
    (r"mice", r"", {"£68", "£62", "£140"}),
    (r"wasp", r"", {"£62", "£68", "£140"}),
    (r"bedbug", r"", {"£140", "£68", "£62"}),
    (r"court cost", r"", {"£75", "£80"}),
    (r"dropped kerb|vehicle crossing", r"cost|appl", {"£175"}),
    (r"skip licen[cs]e|\bskip:", r"", {"£48", "£95"}),
    (r"scaffold", r"", {"£95", "£48"}),
    (r"car parks?", r"an hour", {"£1.40", "£7"}),
    (r"parking fine", r"", {"£70", "£50", "£35", "£25"}),
    (r"land search|search of a home", r"", {"£142"}),
    (r"taxi", r"", {"£245", "£260"}),
    (r"temporary event notice", r"", {"£21"}),
    (r"personal licence", r"", {"£37", "£21"}),
    (r"allotment|full plot", r"", {"£68"}),
    (r"garage", r"a week", {"£14"}),
    (r"lifeline|alarm", r"a week", {"£5.20"}),
    (r"meal", r"costs|each", {"£5.60", "£5.20"}),
    (r"swim", r"", {"£5.80", "£3.40"}),
    (r"fly-?tipping", r"", {"£600"}),
    (r"house number|new address", r"costs", {"£65"}),
    (r"pre-application|advice before you apply", r"", {"£96"}),
    (r"notice of marriage", r"each", {"£42", "£57"}),
]
"""Topic, what the sentence says of it, and the only amounts that may stand in it."""


def sentences(text: str) -> list[str]:
    """The sentences of an article; lines wrapped in the source are joined, list items are not."""
    joined = re.sub(r"\n(?![\n\-#|:*])", " ", text)
    return re.split(r"(?<=[.?!])\s+(?=[A-Z*\[])|\n+", joined)


@pytest.mark.parametrize(("topic", "about", "allowed"), FEES, ids=[fee[0] for fee in FEES])
def test_a_fee_is_the_same_wherever_it_stands(topic, about, allowed):
    seen: set[str] = set()
    for path, text in sources().items():
        for sentence in sentences(text):
            amounts = set(re.findall(r"£\d+(?:,\d{3})*(?:\.\d\d)?", sentence))
            where = f"{path.replace('-', ' ')} {sentence}"
            if amounts and re.search(topic, where, re.I) and re.search(about, sentence, re.I):
                assert amounts <= allowed, f"{path}: {sentence}"
                seen |= amounts
    assert seen, "no sentence says it: the pattern no longer fits"


TIMES = [
    (r"(?:out|bins?)\b[^.\n]*\bby (\d[\d.]*[ap]m)", {"6.30am"}),
    (r"renew(?:ed|al)? .{0,30}every (\w+) years", {"3", "three"}),
    (r"register (?:a|the|your) birth[^.\n]* within (\d+) days", {"42"}),
    (r"register (?:a|the) death[^.\n]* within (\w+) days", {"5", "five"}),
    (r"stage 1[^.\n]*? in (\d+) working days", {"10"}),
    (r"stage 2[^.\n]* in (\d+)", {"20"}),
    (r"come back within (\w+) working days", {"2", "two"}),
    (r"street lights?[^.\n]* (?:in|within) (\w+) working days", {"7", "seven"}),
]
"""A phrase, and what may stand in it."""


@pytest.mark.parametrize(("phrase", "allowed"), TIMES, ids=[time[0] for time in TIMES])
def test_a_time_is_the_same_wherever_it_stands(phrase, allowed):
    for path, text in sources().items():
        if not path.endswith((".jsonl", ".csv")):
            for found in re.findall(phrase, text, re.I):
                assert found in allowed, f"{path}: {found}"


def test_opening_hours_agree_between_the_authority_and_the_contact_article(checked, articles):
    hours = checked.content.authority.channels.hours
    assert hours is not None
    said = " ".join(section.text for section in articles["contact-us"].sections)
    for written, day in (("8.30am to 5.30pm", hours.mon), ("10am", hours.wed)):
        assert written in said
        clock_time = written.split(" ")[0].removesuffix("am").replace(".", ":")
        assert day[0].opens.strftime("%-H:%M").removesuffix(":00") == clock_time


def test_every_bank_holiday_closes_the_offices(checked, articles):
    holidays = [
        day for day in checked.content.authority.bank_holidays if day.isoformat() > "2026-12"
    ]
    offices = ("county-hall", "fenbridge-customer-centre", "aldersea-civic-centre")
    for office in offices:
        hours = articles[office].hours
        assert hours is not None
        for day in holidays[:3]:
            assert hours.on(day) == (), f"{office} on {day}"


@pytest.fixture(scope="module")
def bank():
    lines = (CONTENT / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_the_bank_has_questions_enough_that_copy_no_wording(bank, articles):
    assert len(bank) >= 300
    assert len({question["id"] for question in bank}) == len(bank)

    def plain(text: str) -> str:
        return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()

    written = {plain(article.title) for article in articles.values()}
    written |= {plain(text) for article in articles.values() for text in article.questions}
    asked = [plain(question["query"]) for question in bank]
    assert [query for query in asked if query in written] == []
    assert len(set(asked)) == len(asked)


def test_every_question_is_answered_by_a_public_article(bank, articles):
    for question in bank:
        assert question["relevant"], question["id"]
        found = [articles[id_] for id_ in question["relevant"]]
        assert any(article.audience is Audience.PUBLIC for article in found), question["id"]


def test_the_directory_gives_every_deputy_and_location_a_row(checked, articles):
    with (CONTENT / "directory.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ids = {row["id"] for row in rows}
    for row in rows:
        assert not row["deputy"] or row["deputy"] in ids, row["id"]
        assert not row["team"] or row["team"] in ids | {entry["name"] for entry in rows}, row["id"]
        assert not row["location"] or row["location"] in articles, row["id"]
