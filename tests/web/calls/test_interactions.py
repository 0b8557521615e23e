"""What became of a call: asked, stored once with all that follows, corrected by a new row."""

import gc
import io
import os
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from pwa.files.voice_notes import VoiceNotes
from pwa.models import Audit, Booking, Client, Interaction, Role, VoiceNote
from pwa.operations.maintenance import cleanup
from pwa.operations.voice_notes import retention
from pwa.rules.vocabulary.enums import Channel, Kind
from tests import factories
from tests.files.test_voice_notes import MP4, WEBM

NOW = factories.NOW
KEY = "3f6f3c39-6a3e-4d8c-9a63-1f0d8e1c7c11"


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def manager(db):
    return factories.user(timezone="Europe/Oslo")


@pytest.fixture
def client(manager):
    return factories.client(manager)


@pytest.fixture
def dana(client):
    return factories.contact(client)


@pytest.fixture
def web(manager, dana, sign_in):
    return sign_in(manager)


def sent(client, contact, /, **fields):
    at = (NOW - timedelta(minutes=10)).isoformat()
    common = {"key": KEY, "client": client.id, "contact": contact.id, "kind": "call", "at": at}
    return {"direction": "out", "outcome": "spoke", **common, **fields}


def recording(content=WEBM + b"sound" * 1000):
    return (io.BytesIO(content), "note")


def rows(db):
    db.expire_all()
    return db.scalars(select(Interaction).order_by(Interaction.id)).all()


def folder(app):
    return Path(app.config["ROUNDS"].voice_notes_url)


def files(app):
    return sorted(p.name for p in folder(app).iterdir()) if folder(app).is_dir() else []


def test_the_question_is_asked_by_first_name_and_stays_the_same_when_reloaded(web, client, dana):
    answer = web.get(f"/interactions/new?client={client.id}&contact={dana.id}")
    page = web.get(answer.headers["Location"])
    assert "How did it go with Dana?" in page.text
    [key] = re.findall(r'name="key" value="([^"]+)"', page.text)
    assert key in answer.headers["Location"]


def test_with_several_contacts_it_asks_who_it_was(web, db, client, dana):
    factories.contact(client, "Ben Okafor")
    db.commit()
    page = web.get(f"/interactions/new?client={client.id}&direction=in", follow_redirects=True)
    assert "How did it go at Halden Freight?" in page.text
    assert "Who was it?" in page.text
    assert "Ben Okafor" in page.text


@pytest.mark.parametrize(
    ("asked", "outcome", "when"),
    [("direction=in", "spoke", "10:40"), ("kind=visit", "visited", "10:40")],
)
def test_what_was_not_dialled_is_logged_in_two_taps(web, db, client, dana, asked, outcome, when):
    page = web.get(f"/interactions/new?client={client.id}&{asked}", follow_redirects=True)
    fields = dict(re.findall(r'<input[^>]* name="(\w+)" value="([^"]*)"', page.text))
    assert fields["outcome"] == outcome
    assert fields["at"] == f"2026-11-20T{when}"
    assert web.post("/interactions", data=fields).status_code == 303
    [row] = rows(db)
    assert (row.reached, row.contact_id, row.at) == (True, dana.id, NOW)


def test_next_stands_on_the_button(web, client, dana):
    address = f"/interactions/new?client={client.id}&contact={dana.id}&key={KEY}&next_name=Omar"
    assert "Save, next: Omar" in web.get(address).text


@pytest.mark.parametrize(
    ("kind", "direction", "outcome", "reached"),
    [
        ("call", "out", "spoke", True),
        ("call", "out", "voicemail", False),
        ("call", "out", "no_answer", False),
        ("call", "out", "busy", False),
        ("call", "out", "wrong_number", False),
        ("call", "in", "spoke", True),
        ("call", "in", "no_answer", False),
        ("visit", "out", "visited", True),
        ("visit", "out", "not_in", False),
        ("video", "out", "spoke", True),
        ("email", "out", "written", True),
        ("email", "in", "written", False),
        ("text", "out", "written", False),
    ],
)
def test_each_outcome_counts_as_the_rules_say(
    web, db, client, dana, kind, direction, outcome, reached
):
    factories.preference(dana, Channel.EMAIL)
    db.commit()
    fields = sent(client, dana, kind=kind, direction=direction, outcome=outcome, minutes="14")
    answer = web.post("/interactions", data=fields)
    assert answer.status_code == 303
    [row] = rows(db)
    assert (row.outcome.value, row.reached, row.ref) == (outcome, reached, KEY)
    assert row.minutes == (14 if outcome in {"spoke", "visited"} else None)
    assert (row.at, row.received_at) == (NOW - timedelta(minutes=10), NOW)


def test_a_conversation_moves_the_next_due_day(web, db, client, dana):
    web.post("/interactions", data=sent(client, dana))
    db.expire_all()
    assert db.get(Client, client.id).next_due.isoformat() == "2026-11-27"


def test_a_conversation_settles_the_booking_with_that_contact(web, db, client, dana):
    booking = factories.save(
        Booking(client_id=client.id, contact_id=dana.id, kind=Kind.CALL, at=NOW)
    )
    db.commit()
    web.post("/interactions", data=sent(client, dana, outcome="no_answer"))
    db.expire_all()
    assert booking.settled_at is None
    web.post("/interactions", data=sent(client, dana, key=KEY[::-1]))
    db.expire_all()
    assert booking.settled_at == NOW - timedelta(minutes=10)


def test_a_booking_with_nobody_in_particular_is_settled_by_the_one_to_reach(web, db, client, dana):
    ben = factories.contact(client, "Ben Okafor")
    booking = factories.save(Booking(client_id=client.id, kind=Kind.CALL, at=NOW))
    db.commit()
    web.post("/interactions", data=sent(client, ben))
    db.expire_all()
    assert booking.settled_at is None
    web.post("/interactions", data=sent(client, dana, key=KEY[::-1]))
    db.expire_all()
    assert booking.settled_at == NOW - timedelta(minutes=10)


def test_a_replay_gets_the_same_answer_and_leaves_one_row_and_one_file(app, web, db, client, dana):
    before = files(app)
    answers = [
        web.post("/interactions", data=sent(client, dana, audio=recording(), next="/clients"))
        for _ in range(2)
    ]
    assert [a.status_code for a in answers] == [303, 303]
    assert answers[0].headers["Location"] == answers[1].headers["Location"] == "/clients"
    [row] = rows(db)
    assert set(files(app)) - set(before) == {row.voice_note.name}


def test_our_own_scripts_are_told_the_way_instead_of_being_sent_it(web, client, dana):
    answer = web.post(
        "/interactions", data=sent(client, dana), headers={"Prefer": "return=minimal"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (201, "/today")


def test_the_same_key_with_other_words_is_refused_and_leaves_no_file(app, web, db, client, dana):
    web.post("/interactions", data=sent(client, dana))
    before = files(app)
    again = sent(client, dana, outcome="busy", audio=recording())
    assert web.post("/interactions", data=again).status_code == 409
    assert len(rows(db)) == 1
    assert files(app) == before


def test_a_second_tab_is_told_what_stands_and_may_correct_it(web, db, client, dana):
    web.post("/interactions", data=sent(client, dana, outcome="voicemail"))
    answer = web.post("/interactions", data=sent(client, dana, outcome="busy", note=""))
    assert answer.status_code == 409
    words = r"Already saved with a different outcome: Voicemail at \d+:\d\d\."
    assert re.search(words, answer.text)
    assert re.search(words, unquote(answer.headers["X-Rounds-Problem"]))
    (row,) = rows(db)
    assert f'data-settles href="/interactions/{row.id}/correction' in answer.text
    noted = web.post("/interactions", data=sent(client, dana, outcome="busy", note="rings back"))
    assert "What you noted here isn&#39;t saved." in noted.text
    assert "rings back" in noted.text
    assert "data-settles" not in noted.text
    correct(web, row, "busy")
    again = web.post("/interactions", data=sent(client, dana, outcome="no_answer", note=""))
    assert "different outcome: Busy at" in again.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"outcome": ""}, "Choose how it went."),
        ({"outcome": "visited"}, "Choose how it went."),
        ({"kind": "visit", "outcome": "busy"}, "Choose how it went."),
        ({"contact": "999999"}, "Choose who it was."),
        ({"at": "soon"}, "Say when it was."),
        ({"at": (NOW + timedelta(minutes=3)).isoformat()}, "still to come"),
        ({"at": (NOW - timedelta(days=31)).isoformat()}, "more than 30 days ago"),
        ({"minutes": "601"}, "whole minutes"),
        ({"minutes": "-1"}, "whole minutes"),
        ({"minutes": "²"}, "whole minutes"),
        ({"minutes": "ten"}, "whole minutes"),
        ({"seconds": "181"}, "three minutes"),
    ],
)
def test_a_problem_is_named_beside_what_was_typed(app, web, db, client, dana, fields, words):
    before = files(app)
    answer = web.post(
        "/interactions", data=sent(client, dana, note="Typed & kept", audio=recording(), **fields)
    )
    assert answer.status_code == 422
    assert words in answer.text
    assert "Typed &amp; kept" in answer.text
    assert rows(db) == []
    assert files(app) == before


def test_a_phone_whose_clock_is_a_little_ahead_is_believed(web, db, client, dana):
    ahead = (NOW + timedelta(seconds=90)).isoformat()
    web.post("/interactions", data=sent(client, dana, at=ahead))
    assert rows(db)[0].at == NOW


@pytest.mark.parametrize("content", [b"<html>", b"", b"RIFF....WAVEfmt "])
def test_what_is_not_a_recording_is_refused(app, web, db, client, dana, content):
    before = files(app)
    fields = sent(client, dana, audio=(io.BytesIO(content), "note.webm"))
    answer = web.post("/interactions", data=fields)
    assert answer.status_code == 422
    assert "That file is not a recording" in answer.text
    assert (rows(db), files(app)) == ([], before)


@pytest.mark.parametrize(("size", "status"), [(8 * 1024 * 1024, 422), (9 * 1024 * 1024, 413)])
def test_what_is_too_large_is_refused(app, web, db, client, dana, size, status):
    before = files(app)
    note = FileStorage(*recording(WEBM + bytes(size)))
    boundary, body = encode_multipart(sent(client, dana, audio=note))
    kind = f"multipart/form-data; boundary={boundary}"
    assert web.post("/interactions", data=body, content_type=kind).status_code == status
    assert (rows(db), files(app)) == ([], before)


def test_outsiders_find_nothing(app, db, client, dana, web, sign_in):
    web.post("/interactions", data=sent(client, dana, audio=recording()))
    [row] = rows(db)
    before = files(app)
    outsider = sign_in(factories.user())
    for path in (
        f"/interactions/new?client={client.id}&key={KEY}",
        f"/interactions/{row.id}/correction",
        f"/voice-notes/{row.voice_note.id}",
    ):
        assert outsider.get(path).status_code == 404
    assert outsider.post("/interactions", data=sent(client, dana)).status_code == 404
    with_file = sent(client, dana, audio=recording())
    assert outsider.post("/interactions", data=with_file).status_code == 404
    correction = {"outcome": "busy", "key": KEY}
    assert outsider.post(f"/interactions/{row.id}/correction", data=correction).status_code == 404
    assert len(rows(db)) == 1
    assert files(app) == before


def test_nobody_signed_out_gets_in(app, client, dana, db):
    db.commit()
    answer = app.test_client().post("/interactions", data=sent(client, dana))
    assert answer.headers["Location"].startswith("/sign-in")


@pytest.fixture
def mistapped(web, db, client, dana):
    booking = Booking(client_id=client.id, contact_id=dana.id, kind=Kind.CALL, at=NOW)
    factories.save(booking)
    db.commit()
    fields = sent(client, dana, minutes="9", note="She was in", audio=recording())
    page = web.post("/interactions", data=fields, follow_redirects=True)
    [row] = rows(db)
    assert f"/interactions/{row.id}/correction" in page.text
    assert "Saved: Call, 9 min, Dana." in page.text
    return row


def test_whoever_changes_what_was_just_saved_comes_back_to_where_they_were(web, client, dana):
    page = web.post("/interactions", data=sent(client, dana, next="/today"), follow_redirects=True)
    change = re.search(r'href="(/interactions/\d+/correction[^"]*)"', page.text)
    assert change
    assert 'name="next" value="/today"' in web.get(change[1]).text


def correct(web, row, outcome, **fields):
    data = {"outcome": outcome, "key": KEY[::-1], **fields}
    return web.post(f"/interactions/{row.id}/correction", data=data)


def test_a_mistapped_outcome_is_corrected_by_a_new_row(web, db, manager, mistapped):
    assert "Voicemail" in web.get(f"/interactions/{mistapped.id}/correction").text
    answer = correct(web, mistapped, "voicemail")
    assert answer.headers["Location"] == f"/clients/{mistapped.client_id}"
    old, new = rows(db)
    assert (old.outcome.value, old.superseded_at, old.note) == ("spoke", NOW, "She was in")
    assert (new.outcome.value, new.supersedes_id, new.superseded_at) == ("voicemail", old.id, None)
    assert (new.at, new.note, new.minutes, new.reached) == (old.at, "She was in", None, False)
    assert new.voice_note.name
    audit = db.scalars(select(Audit).where(Audit.subject == "interaction")).one()
    assert (audit.user_id, audit.details) == (manager.id, {"from": "spoke", "to": "voicemail"})


def test_what_the_mistake_settled_is_open_again(web, db, client, mistapped):
    booking = db.scalars(select(Booking)).one()
    assert booking.settled_at == mistapped.at
    correct(web, mistapped, "no_answer")
    db.expire_all()
    assert booking.settled_at is None
    assert db.get(Client, client.id).next_due.isoformat() < "2026-11-27"


def test_what_was_done_since_stays_done_when_the_mistake_is_corrected(
    web, db, client, dana, mistapped
):
    later = (NOW - timedelta(minutes=2)).isoformat()
    web.post("/interactions", data=sent(client, dana, key="second-talk", at=later))
    correct(web, mistapped, "no_answer")
    db.expire_all()
    assert db.scalars(select(Booking)).one().settled_at == NOW - timedelta(minutes=2)


def test_only_the_latest_may_be_corrected_and_only_by_what_is_possible(web, db, mistapped):
    assert correct(web, mistapped, "visited").status_code == 400
    assert correct(web, mistapped, "busy").status_code == 303
    late = correct(web, mistapped, "spoke", key=KEY.upper())
    assert late.status_code == 409
    stands = rows(db)[-1]
    for page in (late.text, web.get(f"/interactions/{mistapped.id}/correction").text):
        assert "Already changed to “Busy”." in page
        assert f'action="/interactions/{stands.id}/correction"' in page
    assert len(rows(db)) == 2


def test_a_supervisor_of_the_team_may_correct_but_not_listen(db, manager, mistapped, sign_in):
    supervisor = sign_in(factories.user(Role.SUPERVISOR, team_=manager.team))
    note = db.scalars(select(VoiceNote)).one()
    assert supervisor.get(f"/voice-notes/{note.id}").status_code == 404
    assert correct(supervisor, mistapped, "busy").status_code == 303
    assert rows(db)[1].user_id == manager.id


def test_the_next_owner_may_not_rewrite_what_another_logged(db, client, mistapped, sign_in):
    heir = factories.user()
    client.owner_id = heir.id
    assert correct(sign_in(heir), mistapped, "busy").status_code == 404


def test_a_note_is_heard_whole_or_in_parts_by_its_recorder(web, db, client, dana):
    content = MP4 + bytes(range(256)) * 40
    web.post("/interactions", data=sent(client, dana, seconds="12", audio=recording(content)))
    note = rows(db)[0].voice_note
    assert (note.size, note.seconds) == (len(content), 12)
    whole = web.get(f"/voice-notes/{note.id}", buffered=True)
    assert whole.data == content
    assert whole.headers["Content-Type"] == "audio/mp4"
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert whole.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert whole.headers["Cache-Control"] == "no-store"
    part = web.get(f"/voice-notes/{note.id}", headers={"Range": "bytes=20-119"}, buffered=True)
    assert (part.status_code, part.data) == (206, content[20:120])
    assert part.headers["Content-Range"] == f"bytes 20-119/{len(content)}"
    beyond = web.get(f"/voice-notes/{note.id}", headers={"Range": "bytes=999999-"})
    assert beyond.status_code == 416


def test_sound_that_was_deleted_is_not_played_though_it_lies_there_still(web, db, client, dana):
    web.post("/interactions", data=sent(client, dana, audio=recording()))
    note = rows(db)[0].voice_note
    note.removed_at = NOW
    db.commit()
    assert web.get(f"/voice-notes/{note.id}").status_code == 404


def test_sound_has_its_time_from_when_it_arrived(app, web, db, client, dana):
    weeks_ago = (NOW - timedelta(days=25)).isoformat()
    web.post("/interactions", data=sent(client, dana, at=weeks_ago, audio=recording()))
    note = rows(db)[0].voice_note
    note.try_after = None
    db.commit()
    cleanup.clean_up(NOW + timedelta(days=89))
    assert note.name in files(app)
    cleanup.clean_up(NOW + timedelta(days=91))
    assert note.name not in files(app)


def test_a_note_is_deleted_even_if_its_file_cannot_go_just_now(
    app, web, db, client, dana, monkeypatch
):
    def refuse(_notes, _name):
        raise PermissionError("read only")

    web.post("/interactions", data=sent(client, dana, audio=recording()))
    note = rows(db)[0].voice_note
    with monkeypatch.context() as patch:
        patch.setattr(VoiceNotes, "remove", refuse)
        answer = web.post(f"/voice-notes/{note.id}/deletion", data={"key": "away-with-it"})
    assert answer.status_code == 303
    assert db.scalar(select(VoiceNote.id)) is None
    assert note.name in files(app)
    retention.sweep(retention.store(), NOW + timedelta(days=4000))
    assert note.name not in files(app)


def test_files_that_no_row_speaks_of_are_swept_after_a_day(app, web, db, client, dana):
    web.post("/interactions", data=sent(client, dana, audio=recording()))
    known = rows(db)[0].voice_note.name
    notes = retention.store()
    orphan, fresh = (notes.keep(recording()[0]).name for _ in range(2))
    for name, days in ((known, 2), (orphan, 2), (fresh, 0)):
        stamp = (NOW - timedelta(days=days)).timestamp()
        os.utime(notes.path(name), (stamp, stamp))
    assert retention.sweep(notes, NOW) >= 1
    assert {known, fresh} <= set(files(app))
    assert orphan not in files(app)


@pytest.mark.parametrize(
    "wanted", ["bytes=999999-", "bytes=5-2", "bytes=0-1,5-9", "words=1-2", "?"]
)
def test_a_part_that_is_not_there_gets_a_short_answer(web, db, client, dana, wanted):
    content = MP4 + bytes(200)
    web.post("/interactions", data=sent(client, dana, audio=recording(content)))
    address = f"/voice-notes/{rows(db)[0].voice_note.id}"
    answer = web.get(address, headers={"Range": wanted})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(content)}"
    assert len(answer.data) < 100
    gc.collect()  # a file that was left open would be a warning here, and so an error
