"""Pinning a holding line to both editions."""
