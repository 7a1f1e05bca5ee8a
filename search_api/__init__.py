"""The web application of one edition: pages and JSON API over one search path."""

from search_api.app import create_app

__all__ = ["create_app"]
