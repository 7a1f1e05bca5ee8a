"""Sites of other people, and our own, on real sockets."""

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any, Self

from flask import Flask
from werkzeug.serving import make_server


class Host:
    """A site on 127.0.0.1, which is another origin when it is called `localhost`."""

    def __init__(self) -> None:
        self._pages: dict[str, tuple[bytes, Mapping[str, str]]] = {}
        self._numbers = count(1)
        pages = self._pages

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body, headers = pages.get(self.path.split("?")[0], (b"", {}))
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self.port: int = self._server.server_address[1]
        self.origin = f"http://127.0.0.1:{self.port}"
        self.unlisted = f"http://localhost:{self.port}"

    def page(self, html: str, *, path: str | None = None, **headers: str) -> str:
        """Put up a page, and say its path; headers are given as `content_security_policy=…`."""
        path = path or f"/{next(self._numbers)}"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._pages[path] = (html.encode(), named)
        return path

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve an application, and say its origin."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
