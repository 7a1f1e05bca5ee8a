"""Holding lines that a manager pins on a busy day: to both editions, until a day."""
