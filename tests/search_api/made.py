"""A council that the tests of the applications share: a few articles of every kind, published."""

from pathlib import Path

from indexer.publish import Publisher
from tests.conftest import ContentFolder


def publish_council(content: ContentFolder, var: Path) -> None:
    """Write a council's content, and publish it."""
    content.write("authority.yml", "name: Testshire Council\nchannels: {telephone: 01632 960100}\n")
    content.article(
        "services/missed-bin.md",
        title="Missed bin collection",
        a_z=["Bins, missed"],
        questions=["the bin men missed me"],
        body="Report it within two working days.\n\n## Next\nWe come back.\n\n"
        "::: staff\nLook at the round sheet.\n:::\n",
    )
    content.article("services/potholes.md", title="Potholes", body="Report a pothole online.")
    content.article("faqs/empty.md", title="Nothing written about widgets", body="")
    content.article("guides/bomb.md", title="Bomb threat", audience="staff", body="Stay calm.")
    content.write(
        "places/hall.md",
        "---\ntitle: Town hall\naudience: public\naddress: 1 High Street, Testford\n"
        'hours: {mon: "09:00-17:00", exceptions: {2026-12-25: closed}}\n'
        "services: [missed-bin]\n---\nCome in.\n",
    )
    content.write("files/public/form.txt", "a form")
    content.write("files/staff/script.txt", "a script")
    Publisher(content.path, var).publish()
