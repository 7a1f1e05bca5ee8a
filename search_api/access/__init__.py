"""Who is allowed to see what of the staff application: sign-in, sessions, tokens, forms."""

from search_api.access.described import SCHEMES
from search_api.access.gate import account, caller, register

__all__ = ["SCHEMES", "account", "caller", "register"]
