"""The problems of the content, for those who keep it; made for the staff application alone."""

from pathlib import Path

from flask import Blueprint, render_template

from indexer.publish import read_problems


def blueprint(var: Path) -> Blueprint:
    """The page of problems."""
    pages = Blueprint("problems", __name__)

    @pages.get("/problems")
    def problems() -> str:
        """Every problem found by the last publish."""
        return render_template("problems.html", problems=read_problems(var))

    return pages
