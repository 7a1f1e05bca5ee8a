"""Random edits of a content folder, for tests of what is done upon an earlier result."""

from datetime import date, timedelta
from pathlib import Path

from hypothesis import strategies as st

FIRST_DAY = date(2026, 11, 2)
NAMES = ("bins", "trees", "roads", "waste")
_IDS = st.sampled_from(NAMES)
_WORDS = st.sampled_from(
    [
        "Qazone",
        "the bin",
        "bins",
        "[trees](trees)",
        "[waste](waste)",
        "[a form](files/public/a.txt)",
    ]
)
_BODIES = st.lists(
    _WORDS | _WORDS.map(lambda word: f"\n::: staff\n{word} hidden\n:::\n"), min_size=1, max_size=4
).map("\n\n".join)
_DAYS = st.integers(-1, 3).map(lambda days: FIRST_DAY + timedelta(days))


def _field(name: str, values: st.SearchStrategy[object]) -> st.SearchStrategy[str]:
    """A line of front matter, or, three times of four, none."""
    line = values.map(lambda value: f"{name}: {value}\n")
    return st.integers(0, 3).flatmap(lambda number: line if number == 0 else st.just(""))


_FRONTS = st.tuples(
    st.sampled_from([*["public"] * 4, "staff", "pubic"]).map("audience: {}\n".format),
    _field("id", _IDS),
    _field("kind", st.sampled_from(["service", "faq"])),
    _field("service", _IDS),
    _field("number", st.sampled_from(["4-1", "4-2"])),
    _field("related", st.lists(_IDS, max_size=2).map(lambda ids: f"[{', '.join(ids)}]")),
    _field("tags", st.sampled_from(["[Refuse]", "[tree]"])),
    _field("promoted_for", st.sampled_from(["[bins]", "[trees]"])),
    _field("owner", st.sampled_from(["desk", "nobody"])),
    _field("from", _DAYS),
    _field("until", _DAYS),
    _field("review_by", _DAYS),
    _field("after_review", st.just("withdraw")),
).map("".join)


def _article(title: str, front: str, body: str) -> str:
    return f"---\ntitle: About {title}\n{front}---\n{body}\n"


Edit = tuple[str, str | None]
"""A file and what is written to it; None to remove it."""
BEGINNING: list[Edit] = [
    (f"faqs/{name}.md", _article(name, "audience: public\n", f"[x](trees) and [y](waste) {name}"))
    for name in NAMES
]
"""A folder before the first of them."""

_ARTICLE = st.tuples(
    st.tuples(_IDS, st.sampled_from([".md", ".md", ".md", ".cy.md"])).map(
        lambda name: f"faqs/{name[0]}{name[1]}"
    ),
    st.none() | st.builds(_article, _IDS, _FRONTS, _BODIES),
)
_OTHER = st.sampled_from(
    [
        ("files/public/a.txt", "a form"),
        ("files/public/a.txt", None),
        ("files/staff/a.txt", "a script"),
        ("authority.yml", "name: Testshire\nmost_wanted: [bins]\ntopics: [refuse, tree]\n"),
        ("authority.yml", "name: Testshire\nid: testshire\n"),
        ("directory.csv", "id,name\ndesk,Desk\n"),
        ("directory.csv", "id,name\nnobody,Nobody\n"),
        ("synonyms.yml", "- {say: [refuse], mean: [bins], audience: public}\n"),
        ("synonyms.yml", "- {say: [refuse], mean: [qaznothing], audience: staff}\n"),
        ("notices.yml", "- {text: Ice, audience: public}\n"),
    ]
)
EDITS: st.SearchStrategy[list[Edit]] = st.lists(_ARTICLE | _ARTICLE | _OTHER, max_size=4)
"""What is done to a folder between two publishes."""
DAYS = st.integers(0, 3).map(lambda days: FIRST_DAY + timedelta(days))


def apply(edits: list[Edit], content: Path) -> None:
    """Do to a folder what is to be done."""
    for name, text in edits:
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(text, encoding="utf-8")
