"""A small real HTTP receiver of web hooks, which answers as a test wants it to."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Received:
    """A request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def said(self) -> dict[str, Any]:
        return json.loads(self.body)

    def is_signed_with(self, secret: str) -> bool:
        """Computed here from the standard's words alone, block by block as RFC 2104 has it."""
        key = base64.b64decode(secret.split("_", 1)[1])
        key = (hashlib.sha256(key).digest() if len(key) > 64 else key).ljust(64, b"\0")
        inner = bytes(byte ^ 0x36 for byte in key)
        outer = bytes(byte ^ 0x5C for byte in key)
        content = f"{self.id}.{self.headers['webhook-timestamp']}.".encode() + self.body
        mac = hashlib.sha256(outer + hashlib.sha256(inner + content).digest()).digest()
        version, _, signature = self.headers["webhook-signature"].partition(",")
        return version == "v1" and hmac.compare_digest(signature, base64.b64encode(mac).decode())


class Receiver:
    """Receives; `answers` gives the next status, or a function that is called instead."""

    def __init__(self, port: int = 0) -> None:
        self.received: list[Received] = []
        self.answers: list[int | Callable[[BaseHTTPRequestHandler], None]] = []
        self.default = 204
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                outer.received.append(Received(self.path, headers, body))
                answer = outer.answers.pop(0) if outer.answers else outer.default
                if callable(answer):
                    answer(self)
                    return
                self.send_response(answer)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        ThreadingHTTPServer.allow_reuse_address = True
        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hooks?from=desk"

    @property
    def kept(self) -> list[Received]:
        """What a receiver keeps that knows each message by its id: once each, in order."""
        return list({one.id: one for one in reversed(self.received)}.values())[::-1]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
