"""The widget: one script that puts the knowledge base on any page."""

from search_api.widget.routes import blueprint

__all__ = ["blueprint"]
