"""Connections of waitress that answer whatever is sent: what cannot be read gets 400.

waitress 3.0 lets a ValueError of the standard library through where the host of an address has
brackets that hold no address (`http://[/`), and where Content-Length has thousands of digits: the
connection is closed without a word, and a line about a fault of the server goes into the log.
"""

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError


class Parser(HTTPRequestParser):
    """Reads one request."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read the first line and the headers.

        Raises:
            ParsingError: if they are no request; answered with 400.
        """
        try:
            super().parse_header(header_plus)
        except ValueError as error:
            raise ParsingError("The request cannot be read") from error


class Channel(HTTPChannel):
    """One connection, and the requests that come on it."""

    parser_class = Parser

    def writable(self) -> bool:
        """Whether the thread that reads and writes has something to send here.

        It has not while a thread that answers is sending: waitress takes it that it has, and looks
        again and again, which keeps that very thread from going on.
        """
        if not super().writable():
            return False
        if self.will_close or not self.requests:
            return True
        free = self.outbuf_lock.acquire(blocking=False)
        if free:
            self.outbuf_lock.release()
        return free

    def write_soon(self, data: bytes) -> int:
        """Send what the connection takes, and let the other thread send the rest."""
        taken = super().write_soon(data)
        if self.total_outbufs_len:
            self.server.pull_trigger()
        return taken
