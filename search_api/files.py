"""Attachments, from the open generation only."""

from flask import Blueprint, abort, send_file
from flask.wrappers import Response

from search_api.reading import reading

_SHOWN = {".pdf", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".txt"}


def blueprint() -> Blueprint:
    """The route of attachments."""
    routes = Blueprint("files", __name__)

    @routes.get("/files/<path:name>")
    def attachment(name: str) -> Response:
        """An attachment of this edition; anything that a browser could run is saved, not shown."""
        path = f"files/{name}"
        with reading() as searcher:
            generation = searcher.generation
            if path not in generation.manifest.attachments:
                abort(404)
            file = generation.folder.resolve() / path
            if not file.is_file():
                abort(404)
            return send_file(file, as_attachment=file.suffix.lower() not in _SHOWN, etag=False)

    return routes
