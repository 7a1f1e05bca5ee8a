"""Reading a JSON body strictly and within bounds: the framework's own way has none in depth."""

from collections.abc import Callable
from functools import wraps
from typing import Any, get_type_hints

from flask import request
from flask.wrappers import Response
from pydantic import BaseModel, ValidationError

from search_api.errors import invalid_parameters, problem

View = Callable[..., Any]


def strictly(view: View) -> View:
    """Give a view its `body`, and its `path` where it has one, as the types that it asks for.

    What is no JSON is answered with 415, what does not fit with 400 and the fields.
    """
    hints = get_type_hints(view)
    body_type: type[BaseModel] = hints["body"]
    path_type: type[BaseModel] | None = hints.get("path")

    @wraps(view)
    def read(**path: str) -> Any | Response:
        if not request.is_json:
            return problem(415, "Send it as application/json.")
        try:
            read: dict[str, BaseModel] = {}
            if path_type is not None:
                read["path"] = path_type.model_validate(path)
            read["body"] = body_type.model_validate_json(request.get_data(), strict=True)
        except ValidationError as error:
            return invalid_parameters(error)
        return view(**read)

    read.__delay_validate_request__ = True  # type: ignore[attr-defined]
    return read
