"""Passwords typed where nobody sees them."""

import sys

import click

from commands.place import fail


def ask_password() -> str:
    """Ask for a new password twice on a terminal, without showing it; else read one line."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    line = sys.stdin.readline()
    password = line.rstrip("\r\n")
    if not password:
        fail("there is no password on standard input; write it in one line")
    return password
