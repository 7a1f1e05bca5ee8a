"""Requests to another system, made at the desk."""
