"""Each table as CSV, and the headline recomputed from the export of the records."""

import csv
import io
import json

import pytest

from kb.contacts import export
from search_api.dashboard.figures import TABLES
from tests.search_api.dashboard.conftest import QUARTER

CALL_BACK = {"outcome": "call-back", "call_back_by": "2026-05-09T10:00:00Z"}


def rows(client, name: str, query: str = f"quarter={QUARTER}") -> list[dict[str, str]]:
    answer = client.get(f"/dashboard/{name}.csv?{query}")
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    return [*csv.DictReader(io.StringIO(answer.text))]


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_table_of_the_page_is_a_file(manager, took, name):
    took(3, avoidable="poor-signposting")
    took(1, **CALL_BACK)
    answer = manager.get(f"/dashboard/{name}.csv?quarter={QUARTER}")
    header = answer.text.splitlines()[0].split(",")
    assert header[0] == "data"
    assert all(one.isidentifier() for one in header)
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="{name}-2026-04-01-to-2026-06-30.csv"'
    )
    assert all(row["data"] == "real" for row in csv.DictReader(io.StringIO(answer.text)))


def test_a_file_has_shares_as_numbers_and_ids(manager, took):
    took(3, service="potholes")
    took(1, service="potholes", **CALL_BACK)
    (row,) = rows(manager, "services")
    assert row == {
        "data": "real",
        "name": "Potholes",
        "id": "potholes",
        "resolved": "3",
        "first": "4",
        "share": "0.75",
        "low": "0.300642",
        "high": "0.954413",
        "contacts": "4",
    }


def test_a_week_says_its_days(manager, took):
    took(2)
    found = [row for row in rows(manager, "weeks") if row["contacts"] != "0"]
    assert [(row["from"], row["to"], row["first"]) for row in found] == [
        ("2026-05-04", "2026-05-10", "2")
    ]


def test_there_is_no_other_file(manager):
    assert manager.get("/dashboard/accounts.csv").status_code == 404


def test_an_auditor_finds_the_headline_in_the_export(manager, took, chain):
    took(7)
    took(2, outcome="resolved-with-help", service="potholes")
    took(3, **CALL_BACK)
    took(1, outcome="abandoned")
    took(2, first=False, avoidable="progress-chasing")
    lines = io.StringIO()
    export.write_lines(export.rows(chain.database, texts=False), lines)

    counted = [
        row
        for row in map(json.loads, lines.getvalue().splitlines())
        if row["current"] and "2026-03-31T23:00" <= row["started_at"] < "2026-06-30T23:00"
    ]
    first = [row for row in counted if row["first"]]
    resolved = [row for row in first if row["outcome"] in ("resolved", "resolved-with-help")]
    share, n, z = len(resolved) / len(first), len(first), 1.959964
    reach = z * (share * (1 - share) / n + z * z / (4 * n * n)) ** 0.5
    middle, whole = share + z * z / (2 * n), 1 + z * z / n

    (team,) = rows(manager, "teams")
    assert (int(team["first"]), int(team["resolved"])) == (13, 9) == (n, len(resolved))
    assert float(team["share"]) == pytest.approx(share, abs=1e-6)
    assert float(team["low"]) == pytest.approx((middle - reach) / whole, abs=1e-6)
    assert float(team["high"]) == pytest.approx((middle + reach) / whole, abs=1e-6)
    (reason,) = rows(manager, "avoidable")
    assert int(reason["avoidable"]) == sum(row["avoidable"] is not None for row in counted) == 2
    assert int(reason["contacts"]) == len(counted) == 15


def test_the_same_can_be_found_in_the_csv_of_the_export(manager, took, chain):
    took(3)
    took(1, **CALL_BACK)
    file = io.StringIO()
    export.write_csv(export.COLUMNS, export.rows(chain.database, texts=False), file)
    file.seek(0)
    first = [
        row for row in csv.DictReader(file) if row["current"] == "true" and row["first"] == "true"
    ]
    resolved = [row for row in first if row["outcome"].startswith("resolved")]
    (team,) = rows(manager, "teams")
    assert (int(team["resolved"]), int(team["first"])) == (len(resolved), len(first)) == (3, 4)


def test_the_page_for_managers_finds_the_headline_too(manager, took, chain, tmp_path, monkeypatch):
    from datetime import UTC, date, datetime
    from pathlib import Path

    from kb.contacts.retention import purge

    took(2, day=date(2026, 8, 3))
    purge(chain, datetime(2199, 1, 1, tzinfo=UTC))
    took(3, day=date(2026, 9, 3))
    took(1, day=date(2026, 7, 3), **CALL_BACK | {"call_back_by": "2026-09-01T10:00:00Z"})
    took(1, day=date(2026, 10, 3))
    monkeypatch.chdir(tmp_path)
    for name, found in (
        ("contacts", export.rows(chain.database, texts=False)),
        ("days", export.days(chain.database)),
    ):
        with Path(f"{name}.jsonl").open("w") as file:
            export.write_lines(found, file)
    said = (Path(__file__).parents[3] / "docs/managers.md").read_text(encoding="utf-8")
    lines = said[said.index("    import json\n") :].split("\n\nThe same with")[0].splitlines()
    printed: list[tuple] = []
    program = "\n".join(line.removeprefix("    ") for line in lines)
    exec(program, {"print": lambda *words: printed.append(words)})
    assert printed == [(5, "of", 6, 5 / 6)]
    (team,) = rows(manager, "teams", "quarter=2026-Q3")
    assert (team["resolved"], team["first"]) == ("5", "6")
