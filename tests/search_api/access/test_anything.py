"""Whatever is shown for a session, a token or a name: it opens nothing."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.accounts.tokens import PREFIX
from search_api import create_app
from search_api.recording import recorder_of
from tests.search_api.signing import COOKIE, sign_in

printable = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60)
secrets = st.one_of(
    printable,
    st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", min_size=43).map(
        lambda text: text[:43]
    ),
)


@pytest.fixture(scope="module")
def app(lasting_var):
    made = create_app("staff", lasting_var)
    sign_in(made.test_client())
    yield made
    recorder_of(made).close()


@settings(suppress_health_check=list(HealthCheck))
@given(secrets)
def test_no_cookie_is_a_session(app, secret):
    headers = {"Cookie": f"{COOKIE}={secret}"}
    assert app.test_client().get("/places/", headers=headers).status_code == 303


@settings(suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(["Bearer ", "bearer ", "Bearer  ", "BEARER ", "Basic ", "", PREFIX]), secrets
)
def test_no_header_is_a_token(app, scheme, secret):
    for said in (secret, PREFIX + secret):
        headers = {"Authorization": scheme + said}
        answer = app.test_client().get("/api/v1/services", headers=headers)
        assert answer.status_code == 401


@settings(suppress_health_check=list(HealthCheck))
@given(printable, printable, printable)
def test_no_name_and_password_get_in(app, name, password, wanted):
    data = {"name": name, "password": password, "next": wanted}
    answer = app.test_client().post("/sign-in", data=data)
    assert answer.status_code in (403, 429)
    assert "Set-Cookie" not in answer.headers
