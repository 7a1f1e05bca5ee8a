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
