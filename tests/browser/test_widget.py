"""The widget, on pages of another site, as somebody uses it."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from indexer.publish import Publisher
from kb.settings import Settings
from search_api import create_app
from search_api.recording import recorder_of
from tests.browser.axe import violations
from tests.browser.hosting import serving
from tests.conftest import ContentFolder

NUMBER = "01632 960100"

AUTHORITY = """
name: Testshire Council
channels:
  telephone: 01632 960100
  email: ask@testshire.example
  hours: {mon: "00:00-23:59", tue: "00:00-23:59", wed: "00:00-23:59", thu: "00:00-23:59",
          fri: "00:00-23:59", sat: "00:00-23:59", sun: "00:00-23:59"}
partners:
  - {id: brook, name: Brook Borough Council, telephone: 01632 960200,
     website: "https://brook.example"}
"""


@pytest.fixture(scope="session")
def site(tmp_path_factory, host):
    """The public site over a small content, open to one origin."""
    folder = tmp_path_factory.mktemp("widget")
    content = ContentFolder(folder / "content")
    content.write("authority.yml", AUTHORITY)
    content.article(
        "services/missed-bin.md",
        title="Missed bin collection",
        summary="Tell us within two working days.",
        tags=["bins"],
        questions=["the bin men missed me"],
        provider="brook",
        standard="We come back within two working days.",
        actions=[{"label": "Report it", "url": "https://brook.example/bin", "kind": "online"}],
        body="""
        Report a missed bin and we will come back.

        ## Before you report it

        - Was it **out** by 6.30am?
        - Was it [the right day](bin-days) & place?
        """,
    )
    content.article("services/missed-bin.cy.md", title="Bin na chasglwyd", body="Dywedwch wrthym.")
    content.article("services/bin-days.md", title="Bin days", tags=["bins"], body="Every week.")
    content.article("faqs/bags.md", title="Bags beside the bin", tags=["bins"], body="Not taken.")
    content.article("faqs/tags.md", title='A <img src=x onerror="x"> tag', body="About <b> tags.")
    content.article("services/potholes.md", title="Potholes", body="Report a pothole online.")
    Publisher(content.path, folder / "var").publish()
    settings = Settings(widget_origins=(host.origin,))
    app = create_app("public", folder / "var", settings)
    with serving(app) as origin:
        yield origin
    recorder_of(app).close()


@pytest.fixture
def strict(site):
    """A policy as strict as they come, which lets the widget in and nothing else."""
    return (
        f"default-src 'none'; script-src {site}; connect-src {site}; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


@pytest.fixture
def embed(site, host, strict, visit):
    """Opens a page of the other site that carries the widget; `{site}` in it is our own."""

    def open_page(
        body='<script src="{site}/widget.js" data-topic="bins" defer></script>',
        *,
        head="",
        title="A page",
        html='lang="en"',
        at=None,
        **options,
    ) -> Page:
        written = (
            f"<!doctype html><html {html}><head><title>{title}</title>"
            f'<meta name="viewport" content="width=device-width">{head}</head>'
            f"<body><main><h1>Here</h1>{body}</main></body></html>"
        )
        path = host.page(written.replace("{site}", site), content_security_policy=strict)
        return visit(f"{at or host.origin}{path}", **options)

    return open_page


def box(page: Page, number=0):
    """The field of the widget, or of another one on the page."""
    return page.get_by_role("combobox").nth(number)


def options(page: Page):
    return page.get_by_role("option")


def ask(page: Page, words: str) -> None:
    """Ask as one who types the question and presses Enter."""
    box(page).fill(words)
    box(page).press("Enter")


def type_and_wait(page: Page, words: str) -> None:
    """Type, and wait for the list."""
    box(page).press_sequentially(words)
    expect(options(page).first).to_be_visible()


def active(page: Page) -> str | None:
    """The text of the option that a screen reader is told of; None for none."""
    text: str | None = box(page).evaluate(
        "(field) => field.getRootNode().getElementById("
        "field.getAttribute('aria-activedescendant'))?.querySelector('.title').textContent ?? null"
    )
    return text


def shown(page: Page, text: str):
    """A stretch of an article that is drawn."""
    return page.locator("firstline-search .text").get_by_text(text)


def status(page: Page) -> str:
    return page.get_by_role("status").first.text_content() or ""


# ---- Typing ----


def test_typing_opens_a_list_of_suggestions_with_their_answers(embed):
    page = embed()
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    type_and_wait(page, "missed bi")
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("listbox")).to_have_attribute("aria-label", "Suggestions")
    first = options(page).first
    expect(first).to_contain_text("Missed bin collection")
    expect(first).to_contain_text("come back")
    assert re.fullmatch(r"(One answer|\d answers)\.", status(page))


def test_the_list_is_that_which_the_field_says_it_controls(embed):
    page = embed()
    type_and_wait(page, "bin")
    listed = page.get_by_role("listbox").get_attribute("id")
    expect(box(page)).to_have_attribute("aria-controls", str(listed))
    expect(box(page)).to_have_attribute("aria-autocomplete", "list")


def test_arrows_go_round_the_list_and_the_text_stays(embed):
    page = embed()
    type_and_wait(page, "bin")
    titles = page.locator("[role=option] .title").all_text_contents()
    assert len(titles) >= 3
    box(page).press("ArrowDown")
    assert active(page) == titles[0]
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    box(page).press("ArrowDown")
    assert active(page) == titles[1]
    expect(options(page).first).to_have_attribute("aria-selected", "false")
    box(page).press("ArrowUp")
    box(page).press("ArrowUp")
    assert active(page) == titles[-1]
    box(page).press("ArrowDown")
    assert active(page) == titles[0]
    expect(box(page)).to_have_value("bin")


@pytest.mark.parametrize(("key", "caret"), [("Home", 0), ("End", 3)])
def test_home_and_end_go_back_into_the_text(embed, key, caret):
    page = embed()
    type_and_wait(page, "bin")
    box(page).press("ArrowDown")
    box(page).press(key)
    assert active(page) is None
    assert box(page).evaluate("(field) => field.selectionStart") == caret


def test_escape_closes_the_list_and_then_empties_the_field(embed):
    page = embed()
    type_and_wait(page, "bin")
    box(page).press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box(page)).to_have_value("bin")
    box(page).press("Escape")
    expect(box(page)).to_have_value("")
    expect(box(page)).to_be_focused()


def test_alt_with_an_arrow_opens_and_closes_the_list_and_chooses_nothing(embed):
    page = embed()
    type_and_wait(page, "bin")
    box(page).press("Alt+ArrowUp")
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    box(page).press("Alt+ArrowDown")
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    assert active(page) is None


def test_leaving_the_field_closes_the_list(embed):
    page = embed()
    type_and_wait(page, "bin")
    box(page).press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("button", name="Search")).to_be_focused()


def test_a_question_is_given_up_when_another_is_asked(embed):
    page = embed()
    early = re.compile(r"/api/v1/search\?q=bin&")
    page.route(early, lambda route: None)  # is never answered
    with page.expect_request(early):
        box(page).fill("bin")
    with page.expect_event("requestfailed", lambda request: bool(early.search(request.url))):
        box(page).fill("pothole")
    expect(options(page).first).to_contain_text("Potholes")


def test_while_it_is_typed_a_question_is_asked_as_unfinished_and_with_enter_as_finished(embed):
    page = embed()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    type_and_wait(page, "bin")
    assert all("typing=true" in url for url in asked if "/search?" in url)
    asked.clear()
    box(page).press("Enter")
    expect(page.get_by_role("heading", name="Answers")).to_be_visible()
    assert [url for url in asked if "/search?" in url and "typing" not in url]


def test_an_article_that_somebody_opens_is_asked_for_with_the_words_that_led_to_it(embed):
    asked: list[str] = []
    page = embed(seen=asked)
    ask(page, "bin")
    expect(page.get_by_role("link", name="Read all of it")).to_have_count(1)
    page.get_by_role("button", name="Bags beside the bin").click()
    expect(page.get_by_role("link", name="Read all of it")).to_have_count(2)
    first, second = [url for url in asked if "/articles/" in url]
    assert "?" not in first, "it was shown open, and nobody chose it"
    assert second.endswith("/articles/bags?q=bin")


# ---- Answers ----


def test_an_option_chosen_is_answered_in_place(embed):
    page = embed()
    type_and_wait(page, "missed")
    box(page).press("ArrowDown")
    box(page).press("Enter")
    answer = page.get_by_role("button", name="Missed bin collection", expanded=True)
    expect(answer).to_be_focused()
    expect(shown(page, "Tell us within two working days.")).to_be_visible()
    expect(page.get_by_role("link", name="Report it")).to_have_attribute(
        "href", "https://brook.example/bin"
    )
    expect(page.get_by_text("This is done by Brook Borough Council, 01632 960200")).to_be_visible()
    expect(box(page)).to_have_value("Missed bin collection")


def test_an_option_can_be_clicked(embed):
    page = embed()
    type_and_wait(page, "missed")
    options(page).first.click()
    expect(page.get_by_role("button", name="Missed bin", expanded=True)).to_be_visible()


def test_enter_shows_the_answers_with_the_first_one_open(embed):
    page = embed()
    ask(page, "was it out by 6.30am")
    expect(page.get_by_role("button", name="Missed bin", expanded=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Before you report it")).to_be_visible()
    expect(page.locator("firstline-search li strong")).to_have_text("out")
    expect(box(page)).to_be_focused()
    assert "Missed bin collection" in status(page)


def test_links_lead_to_our_site_with_the_question(embed, site):
    page = embed()
    ask(page, "was it out by 6.30am")
    expect(page.get_by_role("link", name="the right day")).to_have_attribute(
        "href", f"{site}/articles/bin-days"
    )
    expect(page.get_by_role("link", name="Read all of it")).to_have_attribute(
        "href", f"{site}/articles/missed-bin?q=was+it+out+by+6.30am"
    )


def test_an_answer_closes_and_opens_again(embed):
    page = embed()
    ask(page, "pothole")
    card = page.get_by_role("button", name="Potholes")
    expect(shown(page, "Report a pothole online.")).to_be_visible()
    card.click()
    expect(card).to_have_attribute("aria-expanded", "false")
    expect(shown(page, "Report a pothole online.")).to_be_hidden()
    card.press("Enter")
    expect(shown(page, "Report a pothole online.")).to_be_visible()


def test_where_nothing_is_found_it_says_so_and_how_to_reach_a_person(embed):
    page = embed()
    ask(page, "xylophone")
    expect(page.get_by_text("Nothing was found.").last).to_be_visible()
    expect(page.get_by_role("link", name=NUMBER)).to_be_visible()
    assert "Nothing was found" in status(page)


def test_the_words_of_an_article_are_never_markup(embed):
    page = embed()
    ask(page, "about tags")
    expect(page.get_by_role("button", name='A <img src=x onerror="x"> tag')).to_be_visible()
    expect(shown(page, "About <b> tags.")).to_be_visible()
    assert page.locator("firstline-search img").count() == 0


def test_whatever_the_site_might_send_only_plain_elements_and_safe_links_are_drawn(embed):
    page = embed()
    html = (
        '<p onclick="x()">One</p><script>document.title="taken"</script>'
        '<a href="javascript:x()">two</a><a href="data:text/html,x">three</a>'
        '<svg onload="x()"><p>four</p></svg></div></p>'
        '<img src="x" alt="five" onerror="x()"><a href="/six" title="&quot;>">six &amp; &lt;i></a>'
        '<style>*{display:none}</style><iframe src="/"></iframe><p>last<br>line < end'
    )
    article = {
        **page.request.get(
            page.locator("script")
            .get_attribute("src")
            .replace("widget.js", "api/v1/articles/potholes")
        ).json(),
        "actions": [{"label": "Act", "url": "javascript:x()", "kind": "online"}],
        "sections": [{"anchor": "", "heading": "<b>", "html": html, "text": ""}],
    }
    page.route(
        "**/api/v1/articles/*",
        lambda route: route.fulfill(json=article, headers={"Access-Control-Allow-Origin": "*"}),
    )
    ask(page, "pothole")
    text = page.locator("firstline-search .text")
    expect(text).to_contain_text("last")
    assert text.evaluate(
        "(node) => [...node.querySelectorAll('*')].map((one) => one.localName +"
        " one.getAttributeNames().filter((name) => name.startsWith('on')).join())"
    ) == ["h4", "p", "a", "a", "p", "a", "p", "br", "ul", "li", "span"]
    hrefs = text.locator("a").evaluate_all("(links) => links.map((one) => one.href)")
    assert [href.rsplit("/", 1)[-1] for href in hrefs] == ["", "", "six"]
    expect(text.locator("a").last).to_have_text("six & <i>")
    assert page.title() == "A page"


def test_on_a_slow_connection_it_says_that_it_is_looking(embed):
    page = embed()
    held = []
    page.route("**/api/v1/search?*", lambda route: held.append(route))
    ask(page, "pothole")
    expect(page.locator(".panel")).to_have_text("Looking for answers…")
    assert status(page) == "Looking for answers…"
    held[-1].continue_()
    expect(shown(page, "Report a pothole online.")).to_be_visible()


# ---- Before anything is typed ----


def titles(page: Page) -> list[str]:
    return page.locator("firstline-search h3").all_text_contents()


def test_the_topic_decides_what_is_offered_first(embed):
    page = embed()
    expect(page.get_by_role("heading", name="Answers for this page")).to_be_visible()
    assert titles(page) == ["Bin days", "Missed bin collection", "Bags beside the bin"]
    page.get_by_role("button", name="Bin days").click()
    expect(shown(page, "Every week.")).to_be_visible()


def test_the_arrow_opens_what_is_offered_here_before_anything_is_typed(embed):
    page = embed()
    expect(page.get_by_role("heading", name="Answers for this page")).to_be_visible()
    box(page).press("ArrowDown")
    assert active(page) is None or active(page) == "Bin days"
    expect(options(page)).to_have_count(3)


@pytest.mark.parametrize(
    ("title", "found"), [("Potholes | Brook", ["Potholes"]), ("Welcome | Brook", [])]
)
def test_without_a_topic_the_title_of_the_page_decides(embed, title, found):
    body = "<firstline-search></firstline-search>"
    page = embed(body, head=SCRIPT, title=title, answered="**/api/v1/suggest?*")
    expect(page.locator("firstline-search h3")).to_have_text(found)


SCRIPT = '<script src="{site}/widget.js" async></script>'


def test_without_a_title_the_address_of_the_page_decides(site, host, visit):
    html = f'<!doctype html><html lang="en"><body><script src="{site}/widget.js"></script></body>'
    host.page(html, path="/roads/report-potholes.html")
    page = visit(f"{host.origin}/roads/report-potholes.html")
    expect(page.get_by_role("heading", name="Answers for this page")).to_be_visible()
    assert titles(page)[0] == "Potholes"


def test_what_could_be_personal_in_a_title_stays_on_the_page(embed):
    page = embed(title="Potholes of 12 High Street for jo@home.example - Brook")
    with page.expect_request("**/api/v1/suggest?*") as asked:
        page.reload()
    assert parse_qs(urlsplit(asked.value.url).query)["page"] == ["Potholes of High Street for"]


# ---- People ----


def test_it_says_how_to_reach_a_person_and_that_somebody_is_there(embed):
    page = embed()
    expect(page.get_by_role("link", name=NUMBER)).to_have_attribute("href", "tel:01632960100")
    expect(page.get_by_role("link", name="ask@testshire.example")).to_be_visible()
    expect(page.get_by_text("Open day and night")).to_be_visible()
    page.get_by_text("Opening hours").click()
    expect(page.get_by_text("Monday to Sunday")).to_be_visible()


def test_where_nobody_is_there_it_says_when_and_whom_to_ring_in_an_emergency(embed):
    contact = {
        "telephone": NUMBER,
        "sms": "Text ASK and your question",
        "open": False,
        "opening": "Closed now. Opens Monday at 9am",
        "emergency": {"telephone": "01632 960999", "covers": "for dangerous structures"},
    }
    page = embed(instead={"**/api/v1/contact": contact})
    expect(page.get_by_text("Closed now. Opens Monday at 9am")).to_be_visible()
    expect(page.get_by_text("In an emergency: 01632 960999 for dangerous")).to_be_visible()
    expect(page.get_by_text("Text ASK and your question")).to_be_visible()


# ---- Where it stands ----


def test_the_policy_of_a_strict_page_is_not_broken(embed):
    page = embed()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    type_and_wait(page, "missed")
    box(page).press("ArrowDown")
    box(page).press("Enter")
    expect(page.get_by_role("link", name="Report it")).to_be_visible()
    ask(page, "bin days")
    expect(shown(page, "Every week.")).to_be_visible()
    page.get_by_role("button", name="No", exact=True).first.click()
    expect(page.get_by_role("group", name="What was not right?")).to_be_visible()
    assert page.evaluate("document.noted") == []
    assert said == []


def test_a_page_that_is_not_listed_is_told_so_with_the_number_and_a_way_on(embed, host, site):
    said: list[str] = []
    page = embed(at=host.unlisted)
    page.on("console", lambda message: said.append(message.text))
    ask(page, "bins")
    expect(page.locator(".trouble")).to_have_text(
        f"The search is not switched on for this page. Or ring {NUMBER}."
    )
    expect(page.get_by_role("link", name="Go to the full site")).to_have_attribute(
        "href", f"{site}/"
    )
    assert "not switched on" in status(page)
    assert any(f"does not list {host.unlisted} in widget_origins" in line for line in said)


def test_without_a_connection_it_says_so_with_the_number(embed):
    page = embed()
    page.context.set_offline(True)
    ask(page, "bins")
    expect(page.locator(".trouble")).to_contain_text("You seem to be offline.")
    expect(page.locator(".trouble")).to_contain_text(f"Or ring {NUMBER}.")
    page.context.set_offline(False)
    ask(page, "bin days")
    expect(shown(page, "Every week.")).to_be_visible()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (500, "not answering just now"),
        (503, "not answering just now"),
        (429, "Many people are asking"),
        (400, "could not be understood"),
    ],
)
def test_an_error_of_the_site_is_said_in_plain_words_with_the_number(embed, code, words):
    page = embed()
    page.route(
        "**/api/v1/search?*",
        lambda route: route.fulfill(
            status=code, json={}, headers={"Access-Control-Allow-Origin": "*"}
        ),
    )
    ask(page, "bins")
    expect(page.locator(".trouble")).to_contain_text(words)
    expect(page.locator(".trouble")).to_contain_text(NUMBER)


def test_twice_on_a_page_each_goes_its_own_way_and_no_id_is_used_twice(embed):
    page = embed(
        '<script src="{site}/widget.js" data-topic="bins" defer></script>'
        '<script src="{site}/widget.js" async></script>'
        "<firstline-search data-topic=missed-bin></firstline-search>"
    )
    expect(page.get_by_role("combobox")).to_have_count(3)
    for number in range(3):
        box(page, number).fill("bin")
        box(page, number).press("Enter")
    expect(page.get_by_role("heading", name="Answers", exact=True)).to_have_count(3)
    box(page, 1).press_sequentially(" day")
    expect(page.get_by_role("listbox")).to_have_count(1)
    ids = page.evaluate(
        "[...document.querySelectorAll('firstline-search')].flatMap((one) =>"
        " [...one.shadowRoot.querySelectorAll('[id]')].map((node) => node.id))"
    )
    assert len(ids) == len(set(ids)) > 9
    names = page.get_by_role("search").evaluate_all(
        "(found) => found.map((one) => one.getAttribute('aria-label'))"
    )
    title = "Ask Testshire Council"
    assert sorted(names) == [title, f"{title} (2)", f"{title} (3)"]


def test_in_the_head_the_script_only_makes_the_element_known(embed):
    inside = '<a href="/help">Help</a>'
    page = embed(f"<firstline-search data-topic=bins>{inside}</firstline-search>", head=SCRIPT)
    expect(page.get_by_role("combobox")).to_have_count(1)
    expect(page.get_by_text("Help")).to_be_hidden()


def test_without_the_script_what_stands_inside_is_shown(embed):
    page = embed('<firstline-search><a href="/help">Help</a></firstline-search>')
    expect(page.get_by_role("link", name="Help")).to_be_visible()


def test_no_global_variable_is_left_behind(embed):
    bare = embed("")
    names = "Object.getOwnPropertyNames(window).filter((name) => !/^\\d+$/.test(name)).sort()"
    before = bare.evaluate(names)
    page = embed()
    ask(page, "bin days")
    expect(shown(page, "Every week.")).to_be_visible()
    assert page.evaluate(names) == before
    assert page.evaluate("document.querySelectorAll('style, [style]').length") == 0
    assert page.evaluate("document.adoptedStyleSheets.length") == 0


HOSTILE = [
    '"><img src=x onerror=alert(1)>',
    "<svg onload=alert(1)>",
    "javascript:alert(1)",
    "../../../openapi.json?",
    "bins&lang=xx#",
    "x" * 100_000,
    "\u202e\u0000\ud7ff",
    "%00%ff",
    "' or 1=1 --",
]


@pytest.mark.parametrize("name", ["topic", "lang"])
def test_hostile_attributes_do_nothing(embed, name):
    def quoted(written: str) -> str:
        return written.replace("&", "&amp;").replace('"', "&quot;")

    asked: list[str] = []
    page = embed(
        "".join(
            f'<script src="{{site}}/widget.js" data-{name}="{quoted(written)}" defer></script>'
            for written in HOSTILE
        ),
        seen=asked,
    )
    expect(page.get_by_role("combobox")).to_have_count(len(HOSTILE))
    for number in range(len(HOSTILE)):
        box(page, number).fill("bin days")
        box(page, number).press("Enter")
    expect(page.locator(".text", has_text="Every week.")).to_have_count(len(HOSTILE))
    assert page.locator("img, svg").count() == 0
    assert page.evaluate("document.noted") == []
    sent = [parse_qs(urlsplit(url).query) for url in asked if "/suggest?" in url]
    assert [query for query in sent if "topic" in query or "lang" in query] == []


# ---- Languages and directions ----


@pytest.mark.parametrize(
    "body",
    [
        '<script src="{site}/widget.js" data-lang="cy" defer></script>',
        '<div lang="cy-GB"><script src="{site}/widget.js" defer></script></div>',
    ],
)
def test_it_speaks_welsh_where_it_is_told_to_or_the_page_does(embed, body):
    page = embed(body)
    expect(page.get_by_role("button", name="Chwilio")).to_be_visible()
    expect(box(page)).to_have_accessible_name("Gofynnwch i Testshire Council")
    ask(page, "missed bin")
    expect(page.get_by_role("button", name="Bin na chasglwyd")).to_have_attribute("lang", "cy")
    expect(shown(page, "Dywedwch wrthym.")).to_be_visible()
    assert page.locator(".text").first.get_attribute("lang") == "cy"
    expect(page.get_by_role("button", name="Bin days")).to_have_attribute("lang", "en")
    expect(page.get_by_text("A wnaeth hyn helpu?")).to_be_visible()


def test_a_language_that_is_not_spoken_is_answered_in_english(embed):
    page = embed('<script src="{site}/widget.js" data-lang="xx" defer></script>')
    ask(page, "bin days")
    expect(shown(page, "Every week.")).to_be_visible()
    expect(page.get_by_role("button", name="Search")).to_be_visible()


def test_in_a_page_from_right_to_left_it_is_laid_out_so(embed):
    page = embed(html='lang="ar" dir="rtl"')
    type_and_wait(page, "missed")
    field, button = (
        box(page).bounding_box(),
        page.get_by_role("button", name="Search").bounding_box(),
    )
    assert button["x"] + button["width"] <= field["x"]
    listed = page.get_by_role("listbox").bounding_box()
    assert listed["x"] >= 0
    assert listed["x"] + listed["width"] <= page.viewport_size["width"]


SMALL = {
    "320 px": {"viewport": {"width": 320, "height": 640}},
    "zoom 400 %": {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4},
}


@pytest.mark.parametrize("options_", SMALL.values(), ids=SMALL)
@pytest.mark.parametrize("html", ['lang="en"', 'lang="ar" dir="rtl"'])
def test_on_a_small_screen_nothing_is_cut_off_and_nothing_scrolls_sideways(embed, options_, html):
    page = embed(html=html, **options_)

    def sideways() -> int:
        return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))

    assert sideways() <= 0
    type_and_wait(page, "missed bin")
    assert sideways() <= 0
    box(page).press("ArrowDown")
    box(page).press("Enter")
    expect(page.get_by_role("link", name="Report it")).to_be_visible()
    assert sideways() <= 0
    page.get_by_role("button", name="No", exact=True).click()
    assert sideways() <= 0


# ---- What readers have set ----

SCHEMES = '<meta name="color-scheme" content="light dark">'


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("html", ['lang="en"', 'lang="ar" dir="rtl"'])
def test_axe_finds_nothing_wrong_open_and_closed(embed, scheme, html):
    page = embed(html=html, head=SCHEMES, color_scheme=scheme)
    expect(page.get_by_role("heading", name="Answers for this page")).to_be_visible()
    assert violations(page) == []
    type_and_wait(page, "bin")
    box(page).press("ArrowDown")
    assert violations(page) == []
    box(page).press("Enter")
    expect(page.get_by_role("link", name="Read all of it")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="No", exact=True).click()
    page.get_by_text("Opening hours").click()
    assert violations(page) == []
    ask(page, "xylophone")
    expect(page.get_by_text("Nothing was found.").last).to_be_visible()
    assert violations(page) == []


def paper(page: Page) -> str:
    colour: str = page.locator(".frame").evaluate(
        "(node) => getComputedStyle(node).backgroundColor"
    )
    return colour


def test_it_is_dark_only_where_the_page_is(embed):
    assert paper(embed(head=SCHEMES, color_scheme="dark")) == "rgb(18, 24, 29)"
    assert paper(embed(color_scheme="dark")) == "rgb(255, 255, 255)"


def test_nothing_moves_for_those_who_want_no_movement(embed):
    page = embed(reduced_motion="reduce")
    page.get_by_role("button", name="Bin days").wait_for()
    moving = page.evaluate(
        "[...document.querySelector('firstline-search').shadowRoot.querySelectorAll('*')].filter("
        "(node) => ['', '::after', '::before'].some((part) => parseFloat("
        "getComputedStyle(node, part).transitionDuration) > 0)).length"
    )
    assert moving == 0


def test_in_forced_colours_the_active_option_stands_out(embed):
    page = embed(forced_colors="active")
    type_and_wait(page, "bin")
    box(page).press("ArrowDown")
    colours = options(page).evaluate_all(
        "(found) => found.map((one) => getComputedStyle(one).backgroundColor)"
    )
    assert colours[0] not in colours[1:]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_demo_has_nothing_wrong_and_breaks_no_policy(site, visit, scheme):
    page = visit(f"{site}/widget/demo", color_scheme=scheme)
    expect(page.get_by_role("combobox")).to_have_count(4)
    expect(page.get_by_role("heading", name="Answers for this page")).to_have_count(3)
    expect(page.get_by_role("heading", name="Atebion ar gyfer y dudalen hon")).to_be_visible()
    assert violations(page) == []
    box(page).fill("bin days")
    box(page).press("Enter")
    expect(shown(page, "Every week.")).to_be_visible()
    assert page.evaluate("document.noted") == []


# ---- Did this help? ----


@pytest.fixture
def answered(embed):
    """A page with an answer open, and what it sends as feedback; with a code the answer to that."""

    def open_page(code=None):
        page = embed()
        sent = []
        page.on(
            "request",
            lambda request: sent.append(request.post_data_json) if request.method == "POST" else 0,
        )
        if code:
            headers = {"Access-Control-Allow-Origin": "*"}
            page.route(
                "**/api/v1/feedback",
                lambda route: route.fulfill(status=code, json={}, headers=headers),
            )
        ask(page, "was it out by 6.30am")
        expect(page.get_by_role("group", name="Did this help?")).to_be_visible()
        return page, sent

    return open_page


SAID = {
    "article": "missed-bin",
    "kind": "answer",
    "query": "was it out by 6.30am",
    "lang": "en",
}


def test_that_it_helped_is_sent_with_the_question(answered):
    page, sent = answered()
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_text("Thank you.").last).to_be_visible()
    assert sent == [{**SAID, "answered": True}]
    assert "Thank you" in status(page)


def test_that_it_did_not_help_is_sent_with_why(answered):
    page, sent = answered()
    page.get_by_role("button", name="No", exact=True).press("Enter")
    first = page.get_by_role("radio", name="It is wrong or out of date")
    expect(first).to_be_focused()
    assert sent == []
    page.get_by_role("radio", name="It is hard to understand").check()
    page.get_by_label("Tell us more").fill("  Which day?  ")
    page.get_by_role("button", name="Send").press("Enter")
    expect(page.get_by_text("Thank you.").last).to_be_focused()
    assert sent == [{**SAID, "answered": False, "reason": "unclear", "comment": "Which day?"}]


def test_no_reason_need_be_given(answered):
    page, sent = answered()
    page.get_by_role("button", name="No", exact=True).click()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Thank you.").last).to_be_visible()
    assert sent == [{**SAID, "answered": False, "reason": None, "comment": ""}]


@pytest.mark.parametrize("code", [404, 405])
def test_where_no_feedback_is_taken_none_is_asked_for_again(answered, code):
    page, _ = answered(code)
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_role("group", name="Did this help?")).to_have_count(0)
    ask(page, "bin days")
    expect(shown(page, "Every week.")).to_be_visible()
    expect(page.get_by_role("group", name="Did this help?")).to_have_count(0)


@pytest.mark.parametrize(("code", "words"), [(429, "a lot at once"), (500, "could not be sent")])
def test_feedback_that_could_not_be_kept_is_not_thanked_for(answered, code, words):
    page, _ = answered(code)
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_text(words).last).to_be_visible()
    expect(page.get_by_text("Thank you")).to_have_count(0)
