"""Attachments, each in its edition."""


def test_attachments_are_served_from_their_edition(public, staff):
    with public.get("/files/public/form.txt") as response:
        assert response.data == b"a form"
    with staff.get("/files/staff/script.txt") as response:
        assert response.data == b"a script"
    assert public.get("/files/staff/script.txt").status_code == 404


def test_attachment_paths_cannot_climb(public):
    for path in ("public/../../manifest.json", "..%2fmanifest.json", "public/%2e%2e/x", "/etc"):
        assert public.get(f"/files/{path}").status_code in (404, 308)
