"""Signing in and out."""

import logging
import math

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from flask.wrappers import Response

from kb.accounts.throttle import TooOften
from kb.records.database import RecordsProblem
from search_api.access import csrf
from search_api.access.callers import Callers
from search_api.access.own_path import own_path
from search_api.i18n import gettext as _
from search_api.i18n import ngettext

_LOG = logging.getLogger(__name__)


def blueprint(callers: Callers) -> Blueprint:
    """The routes of signing in and out."""
    routes = Blueprint("access", __name__)

    @routes.route("/sign-in", methods=["GET", "POST"])
    def sign_in() -> Response:
        """The form, and what it sends."""
        if request.method == "POST" and not csrf.from_here():
            return _form(403, _("This form was sent from another site. Please use this one."))
        try:
            if request.method == "GET" and callers.of_request() is not None:
                return _onward()
            who = callers.identify()
            if who is not None:
                callers.sign_in(who)
                return _onward()
        except TooOften as refusal:
            return _wait(refusal)
        except RecordsProblem as problem:
            _LOG.error("nobody can sign in: %s", problem)
            return _form(503, _("Nobody can be signed in just now. Please try again soon."))
        if request.method == "POST":
            return _form(403, _("The name or the password is not right, or the account is closed."))
        return _form(200, "")

    @routes.post("/sign-out")
    def sign_out() -> Response:
        """End the session."""
        try:
            callers.sign_out()
        except RecordsProblem as problem:
            _LOG.warning("a session ends with its limit only: %s", problem)
        g.pop("caller")
        return make_response(redirect(url_for("access.sign_in"), 303))

    return routes


def _onward() -> Response:
    wanted = own_path(request.values.get("next", ""))
    return make_response(redirect(wanted or url_for("pages.home"), 303))


def _wait(refusal: TooOften) -> Response:
    seconds = math.ceil(refusal.wait.total_seconds())
    minutes = math.ceil(seconds / 60)
    said = (
        ngettext("Try again in %(num)s second.", "Try again in %(num)s seconds.", seconds)
        % {"num": seconds}
        if seconds < 60
        else ngettext("Try again in %(num)s minute.", "Try again in %(num)s minutes.", minutes)
        % {"num": minutes}
    )
    response = _form(429, _("There were too many attempts.") + " " + said)
    response.headers["Retry-After"] = str(seconds)
    return response


def _form(status: int, problem: str) -> Response:
    page = render_template(
        "access/sign_in.html",
        problem=problem,
        name=request.form.get("name", "")[:64],
        next=own_path(request.values.get("next", "")),
    )
    return make_response(page, status)
