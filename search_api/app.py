"""The application factory. An application is made for one edition and can open no other."""

from pathlib import Path

from flask import request
from flask.wrappers import Response
from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI

from indexer.current import CurrentEdition
from indexer.embedding import semantics
from kb import __version__, clock
from kb.article import Edition
from kb.records.stores import recorder_for
from kb.settings import Settings, load_settings
from search_api import (
    access,
    api,
    api_docs,
    cors,
    dashboard,
    desk,
    directory,
    errors,
    files,
    health,
    i18n,
    load,
    look,
    machine,
    pages,
    problems_page,
    recording,
    widget,
)
from search_api.access import csrf
from search_api.contacts import pages as contact_pages
from search_api.contacts import routes as contacts
from search_api.contacts import taking
from search_api.feedback import pages as feedback_pages
from search_api.feedback import replies
from search_api.feedback.taking import Gate
from search_api.flags import api as flags
from search_api.flags import pages as flag_pages
from search_api.flags import taking as flag_taking
from search_api.handover import pages as outbox
from search_api.machine.address import PUBLIC_URL
from search_api.pins import pages as pins
from search_api.reading import EXTENSION, etag
from search_api.requests import api as requests
from search_api.requests import pages as request_pages
from search_api.requests import taking as request_taking
from search_api.schemas import ProblemDetails
from search_api.surge import api as surge_api
from search_api.surge import watch as surge

_SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'; manifest-src 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}

_CACHING = {Edition.PUBLIC: "public, no-cache", Edition.STAFF: "private, no-store"}

LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")
"""The staff site answers to these and to the setting `staff_hosts`: no web page can reach it by a
name of its own that resolves here."""


def create_app(
    edition: Edition | str, var: Path | None = None, settings: Settings | None = None
) -> OpenAPI:
    """Make the web application of one edition.

    Args:
        edition: `public` or `staff`.
        var: the folder that editions are published in; by default that of the settings.
        settings: what the operator has set; by default it is read now.

    Raises:
        ValueError: if there is no such edition.
        SettingsProblem: if the settings are to be read and cannot be.
        WrongAddress: if the address of its records is none.
    """
    edition = Edition(edition)
    settings = settings or load_settings()
    folder = var if var is not None else settings.var
    app = OpenAPI(
        "search_api",
        info=Info(
            title="Firstline",
            version=__version__,
            description="Search and articles of a knowledge base. Errors are RFC 9457 problems.",
        ),
        doc_ui=False,
        security_schemes=access.SCHEMES if edition is Edition.STAFF else {},
        validation_error_status=400,
        validation_error_model=ProblemDetails,
        validation_error_callback=errors.invalid_parameters,
    )
    app.config["MAX_CONTENT_LENGTH"] = 256 * 1024
    app.config[PUBLIC_URL] = settings.public_url
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    i18n.register(app)
    app.extensions[EXTENSION] = CurrentEdition(folder, edition, semantics(settings))
    recorder = recorder_for(edition, settings, folder)
    csrf.register(app)
    if edition is Edition.STAFF:
        app.config["TRUSTED_HOSTS"] = [*LOOPBACK_HOSTS, *settings.staff_hosts]
        access.register(app, recorder.database, settings)
        intake = taking.register(app, recorder.database, folder)
        raised = flag_taking.register(app, recorder.database, folder)
        recording.register(app, recorder, intake.recorder, raised.recorder)
        surge.register(app, recorder.database, app.extensions[EXTENSION])
    else:
        recording.register(app, recorder)

    gate = Gate(settings.widget_origins if edition is Edition.PUBLIC else ())
    app.register_api(api.blueprint(edition, gate))
    app.register_blueprint(feedback_pages.blueprint(edition, gate))
    app.register_blueprint(health.blueprint())
    app.register_blueprint(pages.blueprint())
    app.register_blueprint(files.blueprint())
    app.register_blueprint(machine.blueprint(edition))
    app.register_blueprint(look.blueprint())
    app.register_blueprint(api_docs.blueprint())
    if edition is Edition.STAFF:
        app.register_blueprint(problems_page.blueprint(folder))
        app.register_blueprint(replies.blueprint())
        app.register_api(directory.blueprint())
        app.register_blueprint(desk.blueprint())
        app.register_api(contacts.blueprint())
        app.register_api(flags.blueprint())
        app.register_blueprint(flag_pages.blueprint())
        app.register_blueprint(contact_pages.blueprint())
        app.register_blueprint(dashboard.blueprint(settings, folder))
        app.register_blueprint(outbox.blueprint(settings))
        app.register_blueprint(pins.blueprint(folder))
        app.register_api(surge_api.blueprint())
        request_taking.register(app, recorder.database, settings)
        app.register_api(requests.blueprint())
        app.register_blueprint(request_pages.blueprint())
    else:
        app.register_blueprint(widget.blueprint())
        cors.register(app, settings.widget_origins)
    errors.register(app)

    @app.get("/openapi.json", doc_ui=False)
    def openapi() -> dict[str, object]:
        """The description of this API."""
        return app.api_doc

    @app.after_request
    def finish(response: Response) -> Response:
        for name, value in _SECURITY.items():
            response.headers.setdefault(name, value)
        look.keep_for_good(response)
        response.headers.setdefault("Cache-Control", _CACHING[edition])
        tag = etag(f"{clock.today():%Y%m%d}")
        if tag and response.status_code == 200 and request.method in ("GET", "HEAD"):
            response.set_etag(load.own_tag(tag), weak=True)
            response.make_conditional(request)
        return response

    return app
