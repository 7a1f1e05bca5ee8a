"""What every store does, on SQLite and on PostgreSQL alike."""

import shutil
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert, inspect, text

from kb.records import migrate
from kb.records.database import Database, RecordsAway, Refused, WrongAddress
from kb.records.entries import Feedback, Opening, Search
from kb.records.journal import Damaged, append, count, read, remove
from kb.records.tables import METADATA, Line, searches
from tests.kb.records.made import feedback, opening, search


def test_what_was_added_is_read_as_it_was(public):
    entries = [
        search("wie viel — ½ £ 🗑", kind="faq", total=3, unsure=True, results=("a", "b")),
        search("", total=0, results=(), at=datetime(2026, 3, 29, 0, 59, 59, 123456, tzinfo=UTC)),
        opening(query="bins", language="cy", edition="staff", surface="desk"),
        feedback("complaint", comment="Late\nagain", reply_by=date(2026, 12, 31), article="bins"),
        feedback(answered=False, reason="unclear", version="abc123", score=2),
    ]
    with public.writing() as connection:
        append(connection, entries)
    with public.reading() as connection:
        found = [
            numbered.entry
            for type_ in (Search, Opening, Feedback)
            for numbered in read(connection, type_, after=0, limit=10).entries
        ]
    assert found == entries


def test_an_entry_that_comes_again_is_kept_once_and_as_it_first_was(public):
    first = search("one")
    with public.writing() as connection:
        append(connection, [first, first])
    with public.writing() as connection:
        append(connection, [first.model_copy(update={"query": "two"}), search("three")])
    with public.reading() as connection:
        queries = [one.entry.query for one in read(connection, Search, 0, 10).entries]
    assert queries == ["one", "three"]


def test_rows_are_read_in_order_a_batch_at_a_time_and_taken_away_by_id(public):
    entries = [search(f"query {number}") for number in range(7)]
    with public.writing() as connection:
        append(connection, entries)
    with public.reading() as connection:
        batch = read(connection, Search, after=0, limit=3)
        rest = read(connection, Search, after=batch.last or 0, limit=10)
        assert read(connection, Search, after=rest.last or 0, limit=10).last is None
    assert [one.entry.query for one in batch.entries] == ["query 0", "query 1", "query 2"]
    assert len(rest.entries) == 4
    with public.writing() as connection:
        remove(connection, Search, [one.entry.id for one in batch.entries])
    with public.reading() as connection:
        assert count(connection, Search) == 4


def test_a_row_that_somebody_else_wrote_is_no_entry_and_does_not_stop_the_reading(public):
    good = search("good")
    with public.writing() as connection:
        append(connection, [search("x")])
        row = {**search("bad").model_dump(exclude={"entry"}), "surface": "moon"}
        connection.execute(insert(searches), [row])
        append(connection, [good])
    with public.reading() as connection:
        batch = read(connection, Search, 0, 10)
    assert [one.entry.query for one in batch.entries] == ["x", "good"]
    assert batch.unreadable == 1


def test_what_was_begun_and_failed_leaves_nothing(public):
    def fail() -> None:
        with public.writing() as connection:
            append(connection, [search()])
            connection.execute(text("SELECT nothing FROM nowhere"))

    with pytest.raises(RecordsAway):
        fail()
    with public.reading() as connection:
        assert count(connection, Search) == 0


def test_what_the_database_does_not_take_is_refused_and_not_taken_for_its_absence(public):
    row = search().model_dump(exclude={"entry"})
    with pytest.raises(Refused), public.writing() as connection:
        connection.execute(insert(searches), [{**row, "query": None}])
    public.check()


def test_threads_write_at_once_and_nothing_is_lost(public):
    def write(number: int) -> None:
        for step in range(5):
            with public.writing() as connection:
                append(connection, [search(f"{number} {step}")])

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with public.reading() as connection:
        assert count(connection, Search) == 30


# The schema


def test_the_migrations_make_just_the_tables_that_the_code_knows(staff):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with staff.reading() as connection:
        for line in Line:

            def ours(thing, name, kind, _reflected, _other, line=line):
                table = name if kind == "table" else getattr(thing, "table", thing).name
                return str(table) in METADATA[line].tables

            context = MigrationContext.configure(
                connection, opts={"compare_type": True, "include_object": ours}
            )
            assert compare_metadata(context, METADATA[line]) == []


def test_the_newest_migrations_are_those_that_the_code_asks_for(staff):
    assert {line: migrate._known(line)[-1] for line in Line} == migrate.HEADS


def test_the_public_store_has_no_table_of_the_staff(public):
    public.check()
    with public.reading() as connection:
        found = set(inspect(connection).get_table_names())
    assert found == {"searches", "openings", "feedback", "journal_version"}


def test_migrating_says_what_was_applied_and_is_done_once(staff):
    assert staff.migrate() == [name for line in Line for name in migrate._known(line)]
    assert staff.migrate() == []


def test_several_that_open_a_new_database_at_once_are_not_in_each_others_way(new_url, open_store):
    url, others = new_url(), [new_url() for _ in range(3)]
    stores = [open_store(one, tuple(Line)) for one in (url, url, url, *others)]
    with ThreadPoolExecutor(len(stores)) as pool:
        list(pool.map(Database.check, stores))


@pytest.fixture
def next_version(tmp_path, monkeypatch):
    """Calling it makes this code a newer one, with one more migration."""

    def upgrade() -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(migrate._FOLDER, folder)
        newest = migrate.HEADS[Line.DESK]
        (folder / "desk" / "desk_next.py").write_text(
            "import sqlalchemy as sa\nfrom alembic import op\n"
            f"revision = 'desk_next'\ndown_revision = '{newest}'\n"
            "def upgrade():\n    op.add_column('routings', sa.Column('note', sa.Text))\n"
        )
        monkeypatch.setattr(migrate, "_FOLDER", folder)
        monkeypatch.setitem(migrate.HEADS, Line.DESK, "desk_next")

    return upgrade


def test_a_file_of_an_older_version_is_migrated_when_it_is_opened(
    tmp_path, open_store, next_version
):
    url = f"sqlite:///{tmp_path}/records.db"
    open_store(url, tuple(Line)).check()
    next_version()
    store = open_store(url, tuple(Line))
    execute(store, "SELECT note FROM routings")
    assert store.migrate() == []


def test_a_server_of_an_older_version_is_migrated_when_that_is_asked_for(
    postgresql, open_store, next_version
):
    url = postgresql.new()
    open_store(url, tuple(Line)).check()
    next_version()
    store = open_store(url, tuple(Line))
    with pytest.raises(RecordsAway, match="kb records migrate"):
        store.check()
    assert store.migrate() == ["desk_next"]
    execute(store, "SELECT note FROM routings")


def execute(database: Database, statement: str) -> None:
    with database.writing() as connection:
        connection.execute(text(statement))


def test_a_newer_schema_than_the_code_knows_is_named(new_url, open_store):
    url = new_url()
    store = open_store(url, tuple(Line))
    execute(store, "UPDATE journal_version SET version_num = 'journal_99'")
    with pytest.raises(RecordsAway, match=r"journal_99.*newer.*choose another database"):
        open_store(url, tuple(Line)).check()
    with pytest.raises(RecordsAway, match="journal_99"):
        store.migrate()


def test_each_side_refuses_the_store_of_the_other(new_url, open_store):
    public, staff = new_url(), new_url()
    open_store(public, (Line.JOURNAL,)).check()
    open_store(staff, tuple(Line)).check()
    with pytest.raises(WrongAddress, match="store of a public application"):
        open_store(public, tuple(Line)).check()
    with pytest.raises(WrongAddress, match="store of a public application"):
        open_store(public, tuple(Line)).migrate()
    with pytest.raises(WrongAddress, match="store of the staff"):
        open_store(staff, (Line.JOURNAL,)).check()


# The address


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "sqlite:///folder/file.db"),
        ("records.db", "sqlite:///folder/file.db"),
        ("mysql://localhost/kb", "not supported"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
    ],
)
def test_an_address_that_is_none_is_answered_with_one_that_is(address, said):
    with pytest.raises(WrongAddress, match=said):
        Database(address, tuple(Line))


def test_a_password_is_never_shown():
    database = Database("postgres://kb:secret@localhost/kb", tuple(Line))
    assert "secret" not in str(database)
    assert str(database).startswith("postgresql+psycopg://kb:")


# SQLite


def test_sqlite_logs_ahead_and_its_folder_is_for_its_owner_alone(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/records/records.db", tuple(Line))
    assert not database.there
    database.check()
    assert database.there
    assert (tmp_path / "records").stat().st_mode & 0o077 == 0
    with sqlite3.connect(tmp_path / "records" / "records.db") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


@pytest.mark.parametrize("lines", [(Line.JOURNAL,), tuple(Line)])
def test_a_file_that_is_deleted_or_no_database_is_noticed(tmp_path, lines):
    file = tmp_path / "records.db"
    database = Database(f"sqlite:///{file}", lines)
    database.check()
    for path in tmp_path.glob("records.db*"):
        path.unlink()
    with pytest.raises(RecordsAway), database.writing() as connection:
        append(connection, [search()])
    with database.writing() as connection:
        append(connection, [search()])
    for path in tmp_path.glob("records.db*"):
        path.unlink()
    file.write_bytes(b"this is no database" * 100)
    with pytest.raises(RecordsAway, match=r"records\.db: file is not a database"):
        database.check()
    file.unlink()
    file.mkdir()
    with pytest.raises(RecordsAway, match="unable to open"):
        database.check()


def test_a_value_that_no_row_of_ours_has_is_named_as_damage(tmp_path, open_store):
    store = open_store(f"sqlite:///{tmp_path}/records.db", (Line.JOURNAL,))
    with store.writing() as connection:
        append(connection, [search()])
    execute(store, "UPDATE searches SET id = 'no uuid'")
    with pytest.raises(Damaged, match="searches after number 0"), store.reading() as connection:
        read(connection, Search, 0, 1)


# PostgreSQL


def test_a_role_that_may_only_add_is_enough_for_the_public_application(postgresql, open_store):
    url = postgresql.new()
    name = url.split("@/")[1].split("?")[0]
    owner = open_store(url, (Line.JOURNAL,))
    owner.migrate()
    postgresql.execute(
        "DROP ROLE IF EXISTS adder",
        "CREATE ROLE adder LOGIN",
        "GRANT SELECT ON journal_version TO adder",
        "GRANT INSERT ON searches, openings, feedback TO adder",
        database=name,
    )
    adder = open_store(postgresql.url(name, "adder"), (Line.JOURNAL,))
    entry = search("added")
    for _ in range(2):
        with adder.writing() as connection:
            append(connection, [entry, opening(), feedback()])
    with pytest.raises(RecordsAway, match="permission denied"), adder.reading() as connection:
        read(connection, Search, 0, 1)
    with owner.reading() as connection:
        assert [one.entry for one in read(connection, Search, 0, 9).entries] == [entry]


def test_a_server_that_is_not_there_is_said_to_be_away(tmp_path, open_store):
    store = open_store(f"postgresql://kb@/kb?host={tmp_path}", tuple(Line))
    with pytest.raises(RecordsAway, match="connection to server"):
        store.check()


def test_a_connection_that_broke_is_made_anew(postgresql, open_store):
    store = open_store(postgresql.new(), tuple(Line))
    store.check()
    postgresql.stop()
    with pytest.raises(RecordsAway), store.writing() as connection:
        append(connection, [search()])
    postgresql.start()
    with store.writing() as connection:
        append(connection, [search()])
