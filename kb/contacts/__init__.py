"""Contacts with the council: how each went, recorded so that no change goes unseen."""
