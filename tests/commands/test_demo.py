"""`kb demo`, as typed."""

from kb.demo.store import demo_file, demo_store
from kb.figures.contacts import contact_figures
from kb.figures.period import Period


def test_a_season_is_made_and_dropped(kb, content, tmp_path):
    from kb import clock

    content.article("services/bins.md", questions=["bin men"])
    made = kb("demo", "contacts", "--weeks", "1", "--agents", "2", "--seed", "3")
    assert made.exit_code == 0, made.output
    file = demo_file(tmp_path / "var")
    assert str(file) in made.stdout
    assert "/dashboard/?data=demo" in made.stdout
    with demo_store(tmp_path / "var").reading() as connection:
        found = contact_figures(connection, Period.weeks_to(clock.today(), 1))
    assert made.stdout.startswith(f"{found.total.contacts} contacts of 2 agents")
    assert [one.name for one in file.parent.iterdir() if "records" in one.name] == []

    assert kb("demo", "drop").stdout == "The demonstration is gone.\n"
    assert kb("demo", "drop").stdout == "There is no demonstration.\n"


def test_content_without_services_cannot_be_asked_about(kb, content):
    content.article("faqs/bins.md")
    result = kb("demo", "contacts")
    assert result.exit_code == 1
    assert "no services" in result.stderr


def test_a_folder_that_is_not_there_is_named(kb, content):
    content.path.joinpath("authority.yml").unlink()
    content.path.rmdir()
    result = kb("demo", "contacts")
    assert result.exit_code == 2
    assert "content" in result.stderr
