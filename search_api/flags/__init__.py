"""Flags: raised at the desk, worked through by editors."""
