"""The API does what its description says, whatever is asked of it: schemathesis tries."""

import warnings
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from schemathesis.generation.modes import GenerationMode

from kb.accounts.roles import Scope
from kb.accounts.tokens import Tokens
from kb.article import Edition
from search_api import create_app
from search_api.recording import recorder_of

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import schemathesis
    from schemathesis.config import SchemathesisConfig

EXAMPLES = 60
"""For each operation, of what the description allows and again of what it does not."""

DESCRIBED = [
    (edition, path, method, operation)
    for edition in Edition
    for path, methods in create_app(edition, Path("nowhere")).api_doc["paths"].items()
    for method, operation in methods.items()
]
OPERATIONS = [(edition, path, method) for edition, path, method, _ in DESCRIBED]
BOUNDED = [
    (edition, path, method)
    for edition, path, method, operation in DESCRIBED
    if "parameters" in operation or "requestBody" in operation
]


@pytest.fixture(scope="module")
def descriptions(lasting_var):
    """By edition: the description that the application itself gives."""
    apps = {edition: create_app(edition, lasting_var) for edition in Edition}
    tokens = Tokens(recorder_of(apps[Edition.STAFF]).database)
    secret = tokens.add(f"tests-{uuid4().hex}", set(Scope), timedelta(days=1))
    sent = {Edition.PUBLIC: {}, Edition.STAFF: {"Authorization": f"Bearer {secret}"}}
    config = SchemathesisConfig.from_dict({"generation": {"with-security-parameters": False}})
    yield {
        edition: (
            schemathesis.openapi.from_wsgi(
                "/openapi.json", app, config=config, headers=sent[edition]
            ),
            sent[edition],
        )
        for edition, app in apps.items()
    }
    for app in apps.values():
        recorder_of(app).close()


def every_answer_is_as_described(description, path, method, mode):
    schema, headers = description
    operation = schema[path][method]

    @settings(max_examples=EXAMPLES, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy(generation_mode=mode))
    def asked(case):
        if mode is GenerationMode.POSITIVE:
            fit(case.body)
        case.call_and_validate(headers=headers)

    asked()


def fit(body):
    """Make a contact keep the rules that a description has no words for: what follows what in
    time, and which reasons the authority has."""
    if isinstance(body, dict) and "outcome" in body and "ended_at" in body:
        body.update(started_at="2026-01-02T09:00:00Z", ended_at="2026-01-02T09:03:00Z")
        body["avoidable"] = None
        if body.get("call_back_by") is not None:
            body["call_back_by"] = "2026-01-03T09:00:00Z"


@pytest.mark.parametrize(("edition", "path", "method"), OPERATIONS)
def test_what_the_description_allows_is_answered_as_it_says(descriptions, edition, path, method):
    every_answer_is_as_described(descriptions[edition], path, method, GenerationMode.POSITIVE)


@pytest.mark.parametrize(("edition", "path", "method"), BOUNDED)
def test_what_the_description_does_not_allow_is_refused(descriptions, edition, path, method):
    every_answer_is_as_described(descriptions[edition], path, method, GenerationMode.NEGATIVE)


@pytest.mark.parametrize(("edition", "path", "method"), OPERATIONS)
def test_methods_that_are_not_described_are_refused(descriptions, edition, path, method):
    schema, headers = descriptions[edition]
    client = schema.app.test_client()
    for other in {"get", "post", "put", "patch", "delete", "trace"} - set(
        schema.raw_schema["paths"][path]
    ):
        answer = client.open(path.replace("{id}", "x"), method=other.upper(), headers=headers)
        assert answer.status_code == 405, other
        assert answer.mimetype == "application/problem+json"
        assert method.upper() in answer.headers["Allow"]
