"""What `doctor` finds, and that it is content with a whole deployment."""

import dataclasses
import json
from datetime import timedelta

import pytest
from flask import Flask

from pwa import clock
from pwa.config import Config
from pwa.operations import notices
from pwa.push import configured
from tests import factories


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
    notices.beat(clock.now())
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


def test_a_worker_that_stands_still_is_named(app, config, time_machine):
    time_machine.move_to(clock.now() + timedelta(seconds=181))
    assert list(findings(app)) == ["Worker"]


def test_demo_people_are_named_where_real_people_sign_in(app, db, config):
    factories.user(email="charlie@example.com")
    db.commit()
    assert findings(app)["Demo people"].startswith("1 may sign in")
    assert findings(app, base_url="http://127.0.0.1:8000").keys() == {"BASE_URL"}
