"""All tables with people's words in them, beside the chain of contacts."""

from kb.flags.tables import DECISIONS, FLAGS
from kb.pins.tables import PINS
from kb.records.tables import feedback, openings, searches
from kb.records.worded import Worded
from kb.requests.tables import REQUESTS

SEARCHES = Worded(searches, "search", "searches", ("query",))
OPENINGS = Worded(openings, "opening", "openings", ("query",))
FEEDBACK = Worded(feedback, "piece of feedback", "pieces of feedback", ("query", "comment"))

DESK = (FLAGS, DECISIONS, REQUESTS, PINS)
"""What staff write, beside contacts."""
ALL = (SEARCHES, OPENINGS, FEEDBACK, *DESK)
