"""What `doctor` finds, and that it is content with a whole deployment."""

import dataclasses
import json
from datetime import timedelta

import pytest
from flask import Flask

from config import Config
from pwa import clock
from pwa.models import PushService, Role
from pwa.operations import notices
from pwa.push import configured
from pwa.rules.vocabulary.enums import TranscriptionFailure
from tests import factories
from tests.operations.listening import spoken


@pytest.fixture
def config(app: Flask, db, monkeypatch: pytest.MonkeyPatch) -> Config:
    """Everything as it should be."""
    whole = dataclasses.replace(
        app.config["ROUNDS"],
        base_url="https://rounds.north.test",
        trusted_proxies=1,
        vapid_contact="mailto:ops@north.test",
        smtp_url="smtps://mail.north.test",
    )
    configured.make_key(whole)
    notices.store_heartbeat(clock.now())
    db.commit()
    monkeypatch.setitem(app.config, "ROUNDS", whole)
    return whole


def findings(app: Flask, **changes: object) -> dict[str, str]:
    """What is found about what, when the settings are changed so."""
    app.config["ROUNDS"] = dataclasses.replace(app.config["ROUNDS"], **changes)
    answer = app.test_cli_runner().invoke(args=["doctor", "--json"])
    found = {one["about"]: one["problem"] for one in json.loads(answer.output)}
    assert answer.exit_code == (1 if found else 0)
    return found


def test_a_whole_deployment_is_well(app, config):
    answer = app.test_cli_runner().invoke(args=["doctor"])
    assert (answer.exit_code, answer.output) == (0, "All is well.\n")


@pytest.mark.parametrize(
    ("changes", "about"),
    [
        ({"base_url": "http://127.0.0.1:8000"}, "BASE_URL"),
        ({"trusted_proxies": 0}, "TRUSTED_PROXIES"),
        ({"secret_key": None}, "SECRET_KEY"),
        ({"vapid_private_key": "nonsense"}, "VAPID key"),
        ({"vapid_contact": "mailto:admin@localhost"}, "VAPID_CONTACT"),
        ({"smtp_url": None}, "SMTP_URL"),
        ({"speech_engine": "whisper:/nowhere"}, "SPEECH_ENGINE"),
    ],
)
def test_what_is_missing_is_named(app, config, changes, about):
    assert list(findings(app, **changes)) == [about]


def test_a_folder_that_is_not_there_is_named(app, config, tmp_path):
    missing = tmp_path / "missing"
    assert list(findings(app, instance_path=missing)) == ["VAPID key", "INSTANCE_PATH"]


def test_a_folder_for_notes_that_cannot_be_written_to_is_named(app, config, tmp_path):
    (tmp_path / "a-file").touch()
    for folder in ("/proc/nope", tmp_path / "a-file" / "notes"):
        assert list(findings(app, voice_notes_url=str(folder))) == ["VOICE_NOTES_URL"]


def test_a_folder_for_notes_that_the_first_one_makes_is_well(app, config, tmp_path):
    assert findings(app, voice_notes_url=str(tmp_path / "not" / "yet")) == {}
    assert list(tmp_path.iterdir()) == []


def test_notes_that_were_given_up_are_counted_until_they_are_heard_again(app, db, config):
    supervisor = factories.user(Role.ADMINISTRATOR, email="carla@north.test")
    client = factories.client(supervisor)
    for n, trouble in enumerate(
        (
            TranscriptionFailure.FAILED,
            TranscriptionFailure.FAILED,
            TranscriptionFailure.UNREADABLE,
            None,
        )
    ):
        note = spoken(factories.interaction(client), f"note-{n}")
        note.trouble, note.try_after, note.tries = trouble, None, 11
        factories.save(note)
    db.commit()
    assert findings(app) == {"Spoken notes": "2 could not be heard."}
    answer = app.test_cli_runner().invoke(args=["hear-again"])
    assert (answer.exit_code, answer.output) == (0, "3 notes are heard again.\n")
    assert findings(app) == {}


def test_a_worker_that_stands_still_is_named(app, config, time_machine):
    time_machine.move_to(clock.now() + timedelta(seconds=181))
    assert list(findings(app)) == ["Worker"]


def test_demo_people_are_named_where_real_people_sign_in(app, db, config):
    factories.user(Role.ADMINISTRATOR, email="charlie@example.com")
    db.commit()
    assert findings(app)["Demo people"].startswith("1 may sign in")
    assert findings(app, base_url="http://127.0.0.1:8000").keys() == {"BASE_URL"}


def test_trouble_with_pushes_is_named_with_who_misses_them(app, db, config):
    for number in range(12):
        factories.user(email=f"person{number}@north.test", name=f"Person {number:02}")
    answered = {"refused_at": clock.now(), "refused_why": "403: BadJwtToken"}
    factories.save(PushService(service="https://web.push.apple.com", **answered))
    db.commit()
    found = findings(app)
    assert found["web.push.apple.com"].endswith("UTC. 403: BadJwtToken")
    assert found["Notifications"].startswith(
        "12 people have no device that takes notifications. (Person 00, Person 01,"
    )
    assert found["Notifications"].endswith("Person 09, …)")
