"""What people say back: taken from the API and from forms, and shown to staff."""
