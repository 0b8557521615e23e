"""Whom a spoken note was about that nothing leads to: only clients in reach are offered."""

from tests import factories

ASKED = "/interactions/unsaved?key=0f8fad5b-d9cb-469f-a165-70867728950e&at=2026-11-20T08:00:00Z"


def test_each_client_leads_to_the_question_with_the_notes_key_and_moment(db, sign_in):
    manager = factories.user()
    made = factories.client(manager)
    page = sign_in(manager).get(ASKED).text
    assert f"client={made.id}&amp;key=0f8fad5b-d9cb-469f-a165-70867728950e" in page
    assert "at=2026-11-20T08:00:00%2B00:00" in page


def test_a_client_is_found_by_name_and_the_note_is_not_lost_on_the_way(db, sign_in):
    manager = factories.user()
    factories.client(manager)
    factories.client(manager, "Brightline Dental")
    page = sign_in(manager).get(f"{ASKED}&q=bright").text
    assert "Brightline Dental" in page
    assert "Halden Freight" not in page
    assert 'name="key" value="0f8fad5b-d9cb-469f-a165-70867728950e"' in page


def test_nobody_elses_client_is_offered(db, sign_in):
    factories.client(factories.user())
    outsider = factories.user(team_=factories.team("South"), email="other@example.com")
    assert "Halden Freight" not in sign_in(outsider).get(ASKED).text
