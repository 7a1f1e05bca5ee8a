"""Handing over to other systems: what happened is noted, and sent until it is taken."""
