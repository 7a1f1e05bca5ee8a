"""Contacts over the API: taken in, corrected, found; and the draft of the one that goes on."""
