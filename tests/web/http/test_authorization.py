"""Every address: nobody signed out gets past it, and what is somebody else's is not there."""

from typing import Any

import pytest

from pwa.models import Cover, Device, Lesson, Need, Notice, Role, SignIn, Suggestion, VoiceNote
from pwa.rules.vocabulary.enums import SuggestionKind, Topic
from pwa.rules.vocabulary.notice_kind import NoticeKind
from tests import factories
from tests.factories import NOW

PUBLIC = {
    "assets.file",
    "devices.key",
    "sessions.create",
    "sessions.destroy",
    "sessions.link",
    "sessions.new",
    "sessions.use_link",
    "shell.alive",
    "shell.app_manifest",
    "shell.offline",
    "shell.files",
    "shell.ready",
    "shell.worker",
}
ADMINISTRATORS = ("admin.", "imports.", "suggestions.cases", "teams.")
METHODS = {"GET", "POST"}


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOW, tick=False)


def doors(app):
    """(endpoint, method, rule) of every address that is not for everyone."""
    found = [
        (rule.endpoint, method, rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in PUBLIC
        for method in sorted(rule.methods & METHODS)
    ]
    assert len(found) > 50
    return found


def address(rule, ids):
    """The rule with these numbers; a choice takes its first word."""
    values = {name: ids.get(name, "pause") for name in rule.arguments}
    return rule.build(values)[1]


@pytest.fixture
def theirs(db):
    """A row of each kind, all of one manager; the number for each name in an address."""
    owner = factories.user()
    client = factories.client(owner)
    contact = factories.contact(client)
    interaction = factories.interaction(client, contact_id=contact.id)
    sound = {"name": "sound", "content_type": "audio/webm", "size": 9, "received_at": NOW}
    push = {"endpoint": "https://push.example/1", "p256dh": "p", "auth": "a", "name": "Phone"}
    place = {"token_hash": "0" * 64, "seen_at": NOW, "expires_at": NOW.replace(year=2099)}
    days = {"first_day": NOW.date(), "last_day": NOW.date()}
    times = {"due_at": NOW, "expires_at": NOW, "next_try_at": NOW}
    reminder = {"kind": NoticeKind.DIGEST, "subject": "2026-11-20", **times}
    lesson = {"topic": Topic.APOLOGY, "line": "Listen", "marked_at": NOW}
    said = {
        "kind": SuggestionKind.MOOD,
        "text": "She is fine",
        "words": "She is fine",
        "value": "good",
    }
    rows: dict[str, Any] = {
        "client_id": client,
        "contact_id": contact,
        "interaction_id": interaction,
        "promise_id": factories.promise(client),
        "request_id": factories.request(client),
        "booking_id": factories.booking(client),
        "note_id": VoiceNote(interaction_id=interaction.id, user_id=owner.id, **sound),
        "cover_id": Cover(absent_id=owner.id, covered_by_id=owner.id, **days),
        "lesson_id": Lesson(interaction_id=interaction.id, marked_by_id=owner.id, **lesson),
        "recovery_id": factories.recovery(client),
        "device_id": Device(user_id=owner.id, created_at=NOW, **push),
        "sign_in_id": SignIn(user_id=owner.id, created_at=NOW, **place),
        "suggestion_id": Suggestion(interaction_id=interaction.id, user_id=owner.id, **said),
        "notice_id": Notice(user_id=owner.id, **reminder),
        "need_id": Need(contact_id=contact.id, words="quiet nights", said_on=NOW.date()),
        "user_id": owner,
        "team_id": owner.team,
    }
    ids = {name: factories.save(row).id for name, row in rows.items()}
    db.commit()
    return {**ids, "run_id": 1}


def test_signed_out_every_door_leads_to_the_sign_in_page(app, theirs):
    for endpoint, method, rule in doors(app):
        answer = app.test_client().open(address(rule, theirs), method=method)
        assert answer.status_code == 302, f"{method} {endpoint}: {answer.status_code}"
        assert answer.headers["Location"].startswith("/sign-in"), endpoint


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SUPERVISOR])
def test_what_is_another_teams_is_not_there(app, theirs, sign_in, role):
    outsider = sign_in(factories.user(role))
    closed = [door for door in doors(app) if door[2].arguments]
    for endpoint, method, rule in closed:
        answer = outsider.open(address(rule, theirs), method=method, data={"key": "12345678"})
        assert answer.status_code == 404, f"{method} {endpoint}: {answer.status_code}"
    given = {"client": theirs["client_id"], "key": "12345678"}
    assert outsider.get("/interactions/new", query_string=given).status_code == 404
    assert outsider.post("/interactions", data=given).status_code == 404


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SUPERVISOR])
def test_what_is_for_administrators_is_not_there_for_others(app, theirs, sign_in, role):
    person = sign_in(factories.user(role))
    for endpoint, method, rule in doors(app):
        if endpoint.startswith(ADMINISTRATORS):
            answer = person.open(address(rule, theirs), method=method)
            assert answer.status_code == 404, f"{method} {endpoint}: {answer.status_code}"


def test_every_unsafe_request_of_another_site_is_refused_with_all_headers(app, theirs):
    headers = {"Sec-Fetch-Site": "same-site"}
    for rule in app.url_map.iter_rules():
        for method in sorted(rule.methods - {"GET", "HEAD", "OPTIONS"}):
            where = address(rule, {**theirs, "token": "abc"})
            answer = app.test_client().open(where, method=method, headers=headers)
            assert answer.status_code == 403, f"{method} {rule.endpoint}"
            assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/clients/99999999999999999999",
        "/interactions/new?client=99999999999999999999&key=12345678",
        "/clients?owner=99999999999999999999",
        "/clients?q=%00",
        "/voice-notes/2147483648",
        "/admin/people/99999999999999999999",
    ],
)
def test_a_number_beyond_every_row_is_simply_not_there(db, sign_in, path):
    answer = sign_in(factories.user(Role.ADMINISTRATOR)).get(path)
    assert answer.status_code in {200, 404}, path


@pytest.mark.parametrize("at", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"])
def test_a_moment_at_the_end_of_all_calendars_is_asked_for_again(db, sign_in, at):
    manager = factories.user()
    client = factories.client(manager)
    web = sign_in(manager)
    given = {"client": client.id, "key": "12345678", "kind": "call", "outcome": "spoke", "at": at}
    assert web.post("/interactions", data=given).status_code == 422
    assert web.get("/interactions/new", query_string=given).status_code == 200


def test_what_no_text_column_takes_is_left_out(db, sign_in):
    manager = factories.user()
    client = factories.client(manager)
    web = sign_in(manager)
    given = {"client": client.id, "key": "12345678", "outcome": "spoke", "at": NOW.isoformat()}
    assert web.post("/interactions", data={**given, "note": "She\x00 was in"}).status_code == 303
    later = {"when": "hour", "reason": "other", "words": "in a\x00 meeting"}
    assert web.post(f"/clients/{client.id}/postponement", data=later).status_code == 303
    assert web.post("/sign-in", data={"email": "a\x00@b.c", "password": "x"}).status_code == 422
