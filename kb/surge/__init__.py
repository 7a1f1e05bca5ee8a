"""Surges: when far more people search for one thing than usually do at this hour of the week."""
