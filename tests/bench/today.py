"""`/today` in a book of 100,000: with 200 and with 5,000 clients, beside a bare page."""

from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from config import Config
from pwa import clock, create_app
from pwa.db import session, writing
from pwa.migrate import upgrade
from pwa.models import User
from pwa.operations import synthetic
from pwa.operations.day_list import day_list
from pwa.operations.text.reason_text import why
from tests.bench import wire
from tests.bench.bare import bare_app
from tests.bench.measure import by_turns, line, ratio

CLIENTS = 100_000
MANAGERS = 40
ROUNDS = 60


def run() -> None:
    """Print the rows of the table that are about `/today`."""
    with TemporaryDirectory() as folder:
        app = _app(Path(folder))
        started = perf_counter()
        with app.app_context(), writing():
            made = synthetic.make(MANAGERS, CLIENTS, 1, clock.now(), lambda *_: None)
        line(f"a book of {CLIENTS:,} clients written", f"{perf_counter() - started:.0f} s")
        many, few = list(made.managers)[:2]
        visits = {email: _visit(app, email, made.password) for email in (many, few)}
        pages = {email: visits[email].get("/today") for email in visits}
        shown = {email: page.text.count('<li class="row"') for email, page in pages.items()}
        line("rows shown with 5,000 and with 200 clients", f"{shown[many]} / {shown[few]}")
        large, small = by_turns(
            ROUNDS, lambda: visits[many].get("/today"), lambda: visits[few].get("/today")
        )
        line("/today with 5,000 clients to 200", ratio(large, small), "at most 1.20")
        for email, name in ((many, "5,000"), (few, "200")):
            _beside_bare(app, email, visits[email], name)
        _rules(app, many, large)
        wire.run(visits[many])
        app.extensions["engine"].dispose()


def _app(folder: Path) -> Flask:
    config = Config(
        instance_path=folder,
        base_url="http://localhost",
        database_url=f"sqlite:///{folder / 'rounds.db'}",
        secret_key="bench",
    )
    app = create_app(config)
    upgrade(app.extensions["engine"])
    return app


def _visit(app: Flask, email: str, password: str) -> FlaskClient:
    client = app.test_client()
    assert client.post("/sign-in", data={"email": email, "password": password}).status_code == 303
    return client


def _beside_bare(app: Flask, email: str, ours: FlaskClient, name: str) -> None:
    with app.app_context():
        user = _user(email)
        now = clock.now()
        shown = day_list.displayed_time(user, now)
        day = day_list.for_manager(user, shown)
        said = {row.client_id: why(row, now, user.zone) for row in day.rows}
        values = {"day": day, "now": now, "shown": shown, "why": said}
        session.expunge_all()
    bare = bare_app(app, user, values).test_client()
    a, b = by_turns(ROUNDS, lambda: ours.get("/today"), lambda: bare.get("/bare"))
    line(f"/today with {name} clients to a bare page of the same rows", ratio(a, b), "at most 2.00")


def _rules(app: Flask, email: str, page: float) -> None:
    with app.app_context():
        user = _user(email)
        at = day_list.displayed_time(user, clock.now())
        found = day_list.load_candidates(user, at, ())
        (rules,) = by_turns(ROUNDS, lambda: day_list.arrange_rows(found, user, at))
    share = f"{rules / page:.2f}"
    line(f"the rules' share of the page ({len(found)} candidates)", share, "at most 0.10")


def _user(email: str) -> User:
    return session.scalars(sa.select(User).where(User.email == email)).one()
