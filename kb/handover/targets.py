"""Who is told, as the operator has set it up."""

from datetime import timedelta

from kb.handover.deliverer import Deliverer
from kb.handover.hooks import HookTarget
from kb.handover.target import Target
from kb.records.database import Database
from kb.settings import Settings


def targets_of(settings: Settings) -> list[Target]:
    """All who are told of something."""
    return [HookTarget(hook) for hook in settings.webhooks]


def deliverer_for(store: Database, settings: Settings) -> Deliverer:
    """What delivers to them."""
    return Deliverer(store, targets_of(settings), timedelta(days=settings.webhook_days))
