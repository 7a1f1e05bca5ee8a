"""What other machines read: addresses for search engines, feed readers, browsers and assistants."""

from flask import Blueprint

from kb.article import Edition
from search_api.machine import feed, head, markdown, opensearch, robots, sitemap


def blueprint(edition: Edition) -> Blueprint:
    """The routes of an edition's application; all but two are the public's alone."""
    routes = Blueprint("machine", __name__)
    robots.register(routes, edition)
    markdown.register(routes)
    if edition is Edition.PUBLIC:
        for family in (sitemap, feed, opensearch, head):
            family.register(routes)
    return routes
