"""Who is told, as the operator has set it up."""

from datetime import timedelta

from kb.handover.deliverer import Deliverer
from kb.handover.hooks import HookTarget
from kb.handover.target import Target
from kb.records.database import Database
from kb.requests.open311 import Open311Target
from kb.settings import Settings


def targets_of(settings: Settings) -> list[Target]:
    """All who are told of something."""
    hooks: list[Target] = [HookTarget(hook) for hook in settings.webhooks]
    return hooks if settings.open311 is None else [*hooks, Open311Target(settings.open311)]


def deliverer_for(store: Database, settings: Settings) -> Deliverer:
    """What delivers to them."""
    return Deliverer(store, targets_of(settings), timedelta(days=settings.webhook_days))
