"""Signing in and out: who gets in, what a copied cookie is worth, how often one may try."""

import re
from contextlib import contextmanager
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from pwa import clock
from pwa.db import session, writing
from pwa.models import SignIn
from pwa.operations.accounts import passwords
from tests import factories


@pytest.fixture
def person(db):
    return factories.user(email="ingrid@example.com", name="Ingrid Moe")


def try_sign_in(client, email, password):
    return client.post("/sign-in", data={"email": email, "password": password})


def test_a_person_signs_in_with_any_spelling_of_their_address(app, db, person):
    db.commit()
    answer = try_sign_in(app.test_client(), " Ingrid@Example.com ", factories.PASSWORD)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/today"


def test_the_cookie_is_closed_to_scripts_and_other_sites(app, db, person):
    db.commit()
    answer = try_sign_in(app.test_client(), person.email, factories.PASSWORD)
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize(
    ("email", "password"),
    [("ingrid@example.com", "wrong"), ("nobody@example.com", factories.PASSWORD), ("", "")],
)
def test_wrong_ones_stay_out_and_keep_what_they_typed(app, db, person, email, password):
    db.commit()
    answer = try_sign_in(app.test_client(), email, password)
    assert answer.status_code == 422
    assert "do not belong together" in answer.text
    assert not email or f'value="{email}"' in answer.text


def test_someone_deactivated_stays_out_and_is_put_out(app, db, person, sign_in):
    client = sign_in(person)
    person.deactivated_at = clock.now()
    db.commit()
    assert client.get("/today").status_code == 302
    assert try_sign_in(app.test_client(), person.email, factories.PASSWORD).status_code == 422


def test_a_copied_cookie_is_worth_nothing_after_sign_out(app, db, person, sign_in):
    client = sign_in(person)
    copied = client.get_cookie("rounds").value
    client.post("/sign-out")
    thief = app.test_client()
    thief.set_cookie("rounds", copied)
    assert thief.get("/today").headers["Location"].startswith("/sign-in")


def test_a_sign_in_ends_by_itself(app, db, person, sign_in):
    client = sign_in(person)
    row = db.query(SignIn).one()
    row.expires_at = clock.now() - timedelta(seconds=1)
    db.commit()
    assert client.get("/today").status_code == 302


def test_the_eleventh_try_is_refused_before_the_password_is_looked_at(app, db, person, monkeypatch):
    db.commit()
    client = app.test_client()
    for _ in range(10):
        assert try_sign_in(client, person.email, "wrong").status_code == 422
    monkeypatch.setattr(passwords, "check_password", lambda *_: pytest.fail("hashed"))
    answer = try_sign_in(client, person.email, factories.PASSWORD)
    assert answer.status_code == 429
    assert "quarter of an hour" in answer.text


def test_tries_are_counted_anew_after_a_quarter_of_an_hour(app, db, person, time_machine):
    time_machine.move_to(factories.NOW)
    db.commit()
    client = app.test_client()
    for _ in range(11):
        answer = try_sign_in(client, person.email, "wrong")
    assert answer.status_code == 429
    time_machine.shift(timedelta(minutes=16))
    assert try_sign_in(client, person.email, factories.PASSWORD).status_code == 303


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [
        ("/clients/7", "/clients/7"),
        ("//evil.example", "/today"),
        ("https://evil.example", "/today"),
        ("/\t/evil.example", "/today"),
        ("/\v/evil.example", "/today"),
        ("/\\evil.example", "/today"),
        ("/\r\nSet-Cookie: a=b", "/today"),
        ("/" + "a" * 500, "/today"),
    ],
)
def test_after_sign_in_people_land_where_they_wanted_if_it_is_ours(
    app, db, person, wanted, leads_to
):
    db.commit()
    answer = app.test_client().post(
        "/sign-in",
        data={"email": person.email, "password": factories.PASSWORD, "next": wanted},
    )
    assert answer.headers["Location"] == leads_to


def test_a_one_time_link_sets_a_password_once(app, db, person):
    token = passwords.make_link(person, clock.now())
    db.commit()
    client = app.test_client()
    assert "Choose a password" in client.get(f"/welcome/{token}").text
    assert client.post(f"/welcome/{token}", data={"password": "short"}).status_code == 422
    used = client.post(f"/welcome/{token}", data={"password": "quite another one"})
    assert used.headers["Location"] == "/today"
    assert app.test_client().get(f"/welcome/{token}").status_code == 410
    assert try_sign_in(app.test_client(), person.email, "quite another one").status_code == 303


def test_nobody_waits_while_a_password_is_hashed(app, db, person, sign_in, monkeypatch):
    inside, hashed_inside = [], []

    @contextmanager
    def watched():
        with writing() as unit:
            inside.append(1)
            yield unit
        inside.pop()

    class Hasher(PasswordHasher):
        def hash(self, password, *, salt=None):
            hashed_inside.append(bool(inside))
            return super().hash(password, salt=salt)

    token = passwords.make_link(person, clock.now())
    client = sign_in(person)
    for module in ("sessions", "profile"):
        monkeypatch.setattr(f"pwa.web.account.{module}.writing", watched)
    monkeypatch.setattr(passwords, "hasher", Hasher(time_cost=1, memory_cost=8, parallelism=1))
    fields = {"current": factories.PASSWORD, "password": "quite another one"}
    assert client.post("/me/password", data=fields).status_code == 303
    assert client.post(f"/welcome/{token}", data=fields).status_code == 303
    assert hashed_inside == [False, False]


def test_tokens_are_kept_as_hashes_only(app, db, person, sign_in):
    client = sign_in(person)
    cookie = client.get_cookie("rounds").value
    stored = session.query(SignIn).one().token_hash
    assert re.fullmatch(r"[0-9a-f]{64}", stored)
    assert stored not in cookie


@pytest.mark.parametrize(
    "header", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}]
)
def test_an_unsafe_request_from_another_site_is_refused(app, db, header):
    answer = app.test_client().post("/sign-in", data={}, headers=header)
    assert answer.status_code == 403
    assert "another site" in answer.text
