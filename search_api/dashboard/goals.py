"""What the authority wants to reach, as the operator has set it."""

from dataclasses import dataclass
from typing import Self

from kb.settings import Settings


@dataclass(frozen=True)
class Goals:
    """Shares, from 0 to 1."""

    resolution: float
    """Of first contacts that are to be resolved."""
    avoidance: float
    """Of contacts that may be avoidable, at most."""

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Those of the settings."""
        return cls(settings.goal_first_contact / 100, settings.target_avoidable / 100)
