"""A council with a desk: somebody to hand over to, and whose job is whose."""

import pytest

from indexer.publish import Publisher


@pytest.fixture
def desk(content, var, staff):
    content.write(
        "authority.yml",
        """
        name: Testshire
        partners:
          - {id: water, name: Marl Water, telephone: 01632 960910, responsible_for: Leaks}
        """,
    )
    content.write(
        "directory.csv",
        """
        id,name,role,team,telephone,email,location,hours,services,deputy,notes
        waste,Waste team,Team,,01632 960210,,,24 hours,bins,,Ask for the round sheet
        mac,Catriona MacDonald,Supervisor,waste,01632 960211,,,Nights,,waste,
        """,
    )
    content.article(
        "services/bins.md",
        "::: staff\nHush: look at the round sheet.\n:::\n\n## More\n\nPut it out by seven.",
        title="Missed bins",
        summary="Tell us within two days.",
        standard="We come back in two days.",
        actions=[{"label": "Report it", "url": "https://testshire.example/bins", "kind": "online"}],
        owner="mac",
    )
    content.article("faqs/leak.md", "Ring them.", title="A leak in the street", provider="water")
    Publisher(content.path, var).publish()
    return staff
