"""The words of an article, field by field."""

from indexer.document import Field, document
from kb.article import Action, Kind, Step, StepAnswer
from tests.indexer.made import article, section


def test_each_part_of_an_article_goes_to_its_field():
    made = document(
        article(
            title="My bin was not emptied",
            summary="Report it.",
            questions=("the bin men missed me", "no collection"),
            tags=("refuse",),
            a_z=("Rubbish",),
            sections=(section("Within two days."), section("Look outside.", "What to check")),
        )
    )
    assert made.fields == {
        Field.TITLE: "My bin was not emptied",
        Field.QUESTIONS: "the bin men missed me\nno collection",
        Field.TAGS: "refuse\nRubbish",
        Field.SUMMARY: "Report it.",
        Field.HEADINGS: "What to check",
        Field.BODY: "Within two days.\nLook outside.",
    }


def test_an_article_with_a_title_alone_has_every_field_and_the_others_empty():
    made = document(article(title="Bins"))
    assert made.fields == {field: "Bins" if field is Field.TITLE else "" for field in Field}


def test_the_key_is_the_id_and_the_kind_is_the_articles():
    made = document(article("town-hall", kind=Kind.PLACE))
    assert (made.key, made.kind) == ("town-hall", "place")


def test_a_service_belongs_to_itself():
    assert document(article("waste", kind=Kind.SERVICE)).service == "waste"


def test_another_kind_belongs_to_the_service_it_names_or_to_none():
    assert document(article(service="waste")).service == "waste"
    assert document(article()).service == ""


def test_what_an_article_says_outside_its_text_is_found_as_body():
    made = document(
        article(
            kind=Kind.GUIDE,
            standard="We come back within two working days.",
            address="1 High Street",
            actions=(Action(label="Report it", url="https://x.example", kind="online"),),
            ask=("Which bin?",),
            steps=(
                Step(id="first", ask="Was it out?", answers=(StepAnswer(label="Yes", go="next"),)),
            ),
        )
    )
    assert made.fields[Field.BODY].split("\n") == [
        "We come back within two working days.",
        "1 High Street",
        "Report it",
        "Which bin?",
        "Was it out?",
        "Yes",
    ]


def test_addresses_and_ids_are_no_words():
    action = Action(label="Report it", url="https://qazaddress.example", kind="online")
    made = document(article("qazid", actions=(action,), related=("qazrelated",)))
    assert "qaz" not in "".join(made.fields.values())


def test_a_translation_makes_the_article_findable_in_its_words():
    welsh = article(
        language="cy", title="Ni chafodd fy min ei wagio", sections=(section("Rhowch wybod."),)
    )
    made = document(article(title="Missed bin", sections=(section("Report it."),)), (welsh,))
    assert made.key == "missed-bin"
    assert made.fields[Field.TITLE] == "Missed bin\nNi chafodd fy min ei wagio"
    assert made.fields[Field.BODY] == "Report it.\nRhowch wybod."
