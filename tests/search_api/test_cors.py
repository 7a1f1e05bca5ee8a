"""Reading the API from pages of other sites: only those listed, only the public API."""

import pytest
from flask import request

from kb.settings import Settings
from search_api import create_app

LISTED = "https://www.council.example"
OTHER = "https://elsewhere.example"
SEARCH = "/api/v1/search?q=bin"


@pytest.fixture
def client_for(council, var):
    """A client of an application that lets some origins in."""

    def make(*origins, edition="public"):
        app = create_app(edition, var, Settings(widget_origins=origins))

        @app.post("/api/v1/said", doc_ui=False)
        def said():
            return {"said": request.json}, 202

        return app.test_client()

    return make


def cors(response) -> dict[str, str]:
    return {
        name.removeprefix("Access-Control-"): value
        for name, value in response.headers
        if name.startswith("Access-Control-")
    }


def preflight(client, origin, method="POST", path="/api/v1/said"):
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "content-type",
    }
    return client.options(path, headers=asked)


def test_a_listed_origin_may_read_and_is_named(client_for):
    response = client_for(LISTED).get(SEARCH, headers={"Origin": LISTED})
    assert cors(response)["Allow-Origin"] == LISTED
    assert "Origin" in response.vary


@pytest.mark.parametrize(
    "origin",
    [
        OTHER,
        "null",
        "",
        "*",
        LISTED + ".evil.example",
        LISTED.upper(),
        "http://www.council.example",
    ],
)
def test_no_other_origin_may(client_for, origin):
    client = client_for(LISTED)
    response = client.get(SEARCH, headers={"Origin": origin})
    assert (response.status_code, cors(response)) == (200, {})
    assert "Origin" in response.vary
    assert cors(preflight(client, origin)) == {}


def test_without_a_list_nobody_may(client_for):
    response = client_for().get(SEARCH, headers={"Origin": LISTED})
    assert cors(response) == {}
    assert "Origin" not in response.vary


def test_a_preflight_is_answered_with_what_the_route_takes(client_for):
    response = preflight(client_for(LISTED), LISTED)
    assert response.status_code == 200
    answer = cors(response)
    assert answer["Allow-Origin"] == LISTED
    assert "POST" in answer["Allow-Methods"]
    assert answer["Allow-Headers"] == "Content-Type"
    assert int(answer["Max-Age"]) > 0


def test_never_with_credentials(client_for):
    client = client_for("*", LISTED)
    for response in (client.get(SEARCH, headers={"Origin": LISTED}), preflight(client, LISTED)):
        assert "Allow-Credentials" not in cors(response)


def test_the_star_lets_everybody_read_and_nobody_write(client_for):
    client = client_for("*")
    assert cors(client.get(SEARCH, headers={"Origin": OTHER}))["Allow-Origin"] == "*"
    assert cors(preflight(client, OTHER, "GET", SEARCH))["Allow-Origin"] == "*"
    assert cors(preflight(client, OTHER)) == {}
    assert cors(client.post("/api/v1/said", json={}, headers={"Origin": OTHER})) == {}


def test_beside_the_star_a_listed_origin_may_write(client_for):
    client = client_for("*", LISTED)
    assert cors(preflight(client, LISTED))["Allow-Origin"] == LISTED
    response = client.post("/api/v1/said", json={}, headers={"Origin": LISTED})
    assert cors(response)["Allow-Origin"] == LISTED


@pytest.mark.parametrize("path", ["/", "/search?q=bin", "/openapi.json", "/healthz", "/nope"])
def test_only_the_api_is_opened(client_for, path):
    assert cors(client_for("*", LISTED).get(path, headers={"Origin": LISTED})) == {}


@pytest.mark.parametrize(
    ("path", "status"),
    [("/api/v1/search?page=0", 400), ("/api/v1/articles/none", 404), ("/api/v1/nope", 404)],
)
def test_an_error_can_be_read_too(client_for, path, status):
    response = client_for(LISTED).get(path, headers={"Origin": LISTED})
    assert response.status_code == status
    assert cors(response)["Allow-Origin"] == LISTED


def test_so_can_the_answer_that_nothing_has_changed(client_for):
    client = client_for(LISTED)
    tag = client.get("/api/v1/services").headers["ETag"]
    asked = {"Origin": LISTED, "If-None-Match": tag}
    response = client.get("/api/v1/services", headers=asked)
    assert (response.status_code, cors(response)["Allow-Origin"]) == (304, LISTED)


def test_the_staff_application_is_opened_to_nobody(client_for):
    client = client_for("*", LISTED, edition="staff")
    for response in (client.get(SEARCH, headers={"Origin": LISTED}), preflight(client, LISTED)):
        assert cors(response) == {}
