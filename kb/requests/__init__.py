"""Requests to another system by Open311 GeoReport v2, made at the desk."""
