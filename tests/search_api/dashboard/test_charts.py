"""Where the shapes of charts lie."""

from tests.search_api.dashboard.conftest import QUARTER

PAGE = f"/dashboard/?quarter={QUARTER}"
MISSED = {"outcome": "abandoned"}


def grid(client) -> list[str]:
    import re

    chart = client.get(PAGE).text.split('aria-labelledby="weeks-title"')[1].split("</g>")[0]
    return re.findall(r'class="scale"[^>]*>(\d+%)<', chart)


def test_the_scale_of_the_weeks_ends_at_a_hundred_and_begins_below_all_that_is_shown(manager, took):
    took(300)
    assert grid(manager) == ["100%", "90%", "80%", "70%", "60%"]
    took(3)
    took(100, **MISSED)
    assert grid(manager)[-1] == "60%"


def test_a_wide_range_has_fewer_lines(manager, took):
    took(3)
    took(3, **MISSED)
    assert grid(manager) == ["100%", "80%", "60%", "40%", "20%"]


def test_a_week_without_contacts_has_no_point_and_is_not_joined(manager, took):
    from datetime import date

    for day in (date(2026, 4, 6), date(2026, 4, 13), date(2026, 5, 4)):
        took(2, day=day)
    said = manager.get(PAGE).text
    assert said.count('class="point"') == 3
    assert said.count('class="line"') == 1


def test_a_bar_is_as_long_as_its_share_and_its_interval_lies_around_it(manager, took):
    took(3, service="potholes")
    took(1, service="potholes", **MISSED)
    chart = manager.get(PAGE).text.split('aria-labelledby="services-title"')[1]
    assert '<rect class="bar" width="75.0%"' in chart
    assert '<line class="whisker" x1="30.06%" x2="95.44%"' in chart
    assert '<line class="goal" x1="80.0%" x2="80.0%"' in chart
