"""`/api/docs`: the API described for people, drawn on the server from its own description."""

from search_api.api_docs.page import blueprint

__all__ = ["blueprint"]
