"""Answers in XML, well-formed whatever stands in the content."""

import re

from flask import Response, render_template

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 allows nowhere, not even escaped: https://www.w3.org/TR/xml/#charsets"""


def xml(mimetype: str, template: str, **values: object) -> Response:
    """An answer drawn from a template, which escapes; characters that XML has not are left out."""
    drawn = _FORBIDDEN.sub("", render_template(template, **values))
    return Response(drawn, content_type=f"{mimetype}; charset=utf-8")
