"""Firefox, a push service and our server, each of the tests' own and on this machine.

All tests share them, as Firefox takes seconds to start; each has a client and a tab of its own.
"""

import logging
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from config import Testing
from pwa import create_app
from pwa.migrate import upgrade
from pwa.push import configured
from tests.chain.autopush import HOST, Autopush
from tests.chain.certificates import make_certificates
from tests.chain.office import Office
from tests.chain.phone import Phone

FIREFOX = shutil.which(os.environ.get("FIREFOX") or "firefox-esr")
LEFT_OUT = "there is no Firefox here (Debian: apt install firefox-esr)"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On SQLite only, as what Firefox shows does not depend on it; and not without Firefox."""
    here = Path(__file__).parent
    mine = [item for item in items if here in item.path.parents]
    for item in mine:
        item.add_marker(pytest.mark.chain)
        if not FIREFOX:
            item.add_marker(pytest.mark.skip(LEFT_OUT))
    if mine and config.getoption("--database") != "sqlite":
        config.hook.pytest_deselected(items=mine)
        items[:] = [item for item in items if item not in set(mine)]


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A server in a thread, with a key to sign pushes with; by https, as Firefox wants it."""
    folder = tmp_path_factory.mktemp("office")
    certificates = make_certificates(HOST, folder)
    config = replace(
        Testing,
        instance_path=folder,
        base_url=f"https://{HOST}",
        database_url=f"sqlite:///{folder / 'rounds.db'}",
        voice_notes_url=str(folder / "voice-notes"),
        queue_url=str(folder / "queue.db"),
        push_allowed_hosts=frozenset({HOST}),
    )
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    configured.make_key(config)
    app = create_app(config)
    upgrade(app.extensions["engine"])
    server = make_server(HOST, 0, app, threaded=True, ssl_context=certificates.server)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield Office(app, f"https://{HOST}:{server.server_port}", certificates.authority)
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions["engine"].dispose()


@pytest.fixture(scope="session")
def autopush() -> Iterator[Autopush]:
    with Autopush() as service:
        yield service


@pytest.fixture(scope="session")
def subscribed(
    office: Office, autopush: Autopush, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Phone]:
    """A phone on which its manager signed in and turned notifications on, page by page."""
    assert FIREFOX
    profile = tmp_path_factory.mktemp("phone") / "profile"
    phone = Phone(FIREFOX, profile, autopush)
    try:
        phone.start()
        phone.trust(office.authority)
        phone.sign_in(office.url, office.add_manager())
        phone.turn_on_notifications(office.url)
        phone.write_down(office.url)
        yield phone
    finally:
        phone.firefox.kill()


@pytest.fixture
def service(autopush: Autopush) -> Iterator[Autopush]:
    """The push service, which passes on what comes, and has nothing to complain of."""
    autopush.holding = False
    yield autopush
    assert autopush.complaints == []


@pytest.fixture
def phone(subscribed: Phone, service: Autopush) -> Phone:
    """The phone with Firefox open, and one empty tab in it."""
    if not subscribed.firefox.running:
        subscribed.start()
    subscribed.close_all_tabs()
    return subscribed
