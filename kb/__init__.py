"""What the knowledge base is: articles, editions, the content folder and its problems.

Nothing in here knows of the search engine or the web application.
"""

__version__ = "0.1.0"
