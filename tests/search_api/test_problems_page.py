"""The problems of the content, for those who keep it."""

from indexer.publish import Publisher


def test_the_problems_of_the_content_are_shown_to_staff(staff, public, council, var):
    council.write("faqs/bad.md", "---\ntitle: No audience\n---\nText.\n")
    Publisher(council.path, var).publish()
    page = staff.get("/problems").text
    assert "faqs/bad.md:2" in page
    assert "audience is missing" in page
    assert public.get("/problems").status_code == 404
