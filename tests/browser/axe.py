"""What is wrong with a page: what axe-core finds, and whether it fits the screen."""

from itertools import product
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}


def violations(page: Page) -> list[str]:
    """Each rule broken, and where: WCAG 2.2 at level AA, and axe-core's own advice."""
    found = Axe().run(page, options=_OPTIONS).response["violations"]
    return [
        f"{rule['id']}: {rule['help']}: {node['target']}"
        for rule in found
        for node in rule["nodes"]
    ]


_SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def faults(page: Page, narrow: int = 320) -> list[str]:
    """What is wrong with a page, light and dark, on a narrow screen and on one of 1,280 px."""
    found = []
    for scheme, width in product(_SCHEMES, (narrow, 1280)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{scheme}, {width} px: {one}" for one in violations(page)]
        if page.evaluate("document.scrollingElement.scrollWidth > innerWidth"):
            found.append(f"{scheme}, {width} px: it has to be scrolled sideways")
    return found
