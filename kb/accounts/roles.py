"""What people and programs are allowed to do."""

from enum import StrEnum


class Permission(StrEnum):
    """What a route asks for."""

    READ = "read"
    """See the staff edition."""
    RECORD = "record"
    """Record contacts."""
    EDIT = "edit"
    """See what editors work on: problems, feedback, the queue."""
    MANAGE = "manage"
    """See the dashboard, pin lines, export."""
    ADMIN = "admin"
    """See the audit, accounts and tokens."""


class Role(StrEnum):
    """What a person does here; each role may all that those before it may."""

    AGENT = "agent"
    EDITOR = "editor"
    MANAGER = "manager"
    ADMIN = "admin"


PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.AGENT: frozenset({Permission.READ, Permission.RECORD}),
    Role.EDITOR: frozenset({Permission.READ, Permission.RECORD, Permission.EDIT}),
    Role.MANAGER: frozenset(set(Permission) - {Permission.ADMIN}),
    Role.ADMIN: frozenset(Permission),
}


class Scope(StrEnum):
    """What a program with a token may do."""

    SEARCH = "search"
    """Search and read the staff edition."""
    CONTACTS_READ = "contacts:read"
    CONTACTS_WRITE = "contacts:write"
    FLAGS_WRITE = "flags:write"
    """Put flags into the editors' queue."""
