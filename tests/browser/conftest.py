"""A real server and a real Chromium: each test has its own data, all share one browser."""

import os
import shutil
import threading
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

import av
import pytest
from flask import Blueprint, Flask
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from config import Testing
from pwa import create_app
from pwa.db import session
from pwa.migrate import upgrade
from pwa.models import User
from pwa.operations.client_state.due_dates import refresh_due_dates
from tests import factories
from tests.browser.phone import NO_TELEPHONE, PHONE, until_kept, with_worker
from tests.faults.scale import FULL

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
RATE = 48_000
# What Playwright turns off, as a later list of these replaces an earlier one, and the address bar's
# pages, which Debian's Chromium starts for each window: half the processor time of an empty page.
FEATURES_OFF = (
    "AimEnabled,AvoidCorsURLLoaderRestartOnRedirect,AvoidUnnecessaryBeforeUnloadCheckSync,"
    "DestroyProfileOnBrowserClose,HttpsFirstBalancedModeAutoEnable,HttpsUpgrades,LensOverlay,"
    "MediaRouter,NetworkTimeServiceQuerying,OptimizationHints,PaintHolding,PreconnectToSearch,"
    "ThirdPartyStoragePartitioning,WebUIOmniboxAimPopup,WebUIOmniboxPopup"
)
expect.set_options(timeout=60_000)  # for a slow machine: what comes at once is seen at once
# "I told Dana I will send the drawings by Friday. She says once a month is enough for her." Spoken
# by the voice "joe" of piper, whose recordings are in the public domain (CC0).
SAID = Path(__file__).parent / "said.ogg"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On SQLite only, as what a browser shows does not depend on it; and last, because the
    browser's driver leaves an event loop running in the thread of the tests."""
    here = Path(__file__).parent
    mine = [item for item in items if here in item.path.parents]
    for item in mine:
        item.add_marker(pytest.mark.browser)
    left_out = [] if FULL else [item for item in mine if is_left_out(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
    mine = [item for item in mine if item not in left_out]
    others = [item for item in items if item not in set(mine)]
    if mine and config.getoption("--database") != "sqlite":
        config.hook.pytest_deselected(items=mine)
        mine = []
    items[:] = others + mine


def is_left_out(item: pytest.Item) -> bool:
    """Whether it is none of the third of the sampled tests that always runs."""
    return "sampled" in item.keywords and crc32(item.nodeid.encode()) % 3 != 0


@pytest.fixture(autouse=True)
def no_script_fails(context: BrowserContext) -> Iterator[None]:
    """What a script throws is seen by nobody on a screen: any of it fails its test."""
    thrown: list[str] = []
    context.on("weberror", lambda one: thrown.append(f"{one.error} {one.error.stack}"))
    yield
    assert thrown == []


@dataclass(frozen=True)
class Live:
    """The server of one test: `url` is where it answers, `app` what answers there."""

    app: Flask
    url: str

    @contextmanager
    def data(self) -> Iterator[Session]:
        """A session for arranging and looking; committed at the end."""
        with self.app.app_context():
            factories.reset()
            yield session()
            session.commit()


@pytest.fixture(scope="session")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the microphone hears: a second of silence, SAID, silence."""
    path = tmp_path_factory.mktemp("microphone") / "spoken.wav"
    silence = bytes(2 * RATE)
    with wave.open(str(path), "wb") as out, av.open(str(SAID)) as recording:
        out.setparams((1, 2, RATE, 0, "NONE", ""))
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        out.writeframes(silence)
        for frame in recording.decode(audio=0):
            for part in resampler.resample(frame):
                out.writeframes(part.to_ndarray().tobytes())
        out.writeframes(silence)
    return path


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict, spoken: Path) -> dict:
    """Debian's Chromium with a microphone that plays `spoken` once."""
    flags = [
        "--no-sandbox",
        "--disable-gpu",
        f"--disable-features={FEATURES_OFF}",
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={spoken}%noloop",
    ]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": flags}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    """A phone: its size, its touch, its permission to listen."""
    phone = {"viewport": PHONE, "has_touch": True, "is_mobile": True, "permissions": ["microphone"]}
    return {**browser_context_args, **phone, "locale": "en-GB", "timezone_id": "Europe/Oslo"}


def _app(folder: Path, compiled: FileSystemBytecodeCache | None = None) -> Flask:
    """`compiled` keeps what templates were compiled to: each test has an app of its own."""
    app = create_app(
        replace(
            Testing,
            instance_path=folder,
            base_url="http://127.0.0.1",
            database_url=f"sqlite:///{folder / 'rounds.db'}",
            voice_notes_url=str(folder / "voice-notes"),
            queue_url=str(folder / "queue.db"),
        )
    )
    app.jinja_env.bytecode_cache = compiled
    return app


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("compiled")))


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One migrated, empty SQLite file, to be copied."""
    folder = tmp_path_factory.mktemp("migrated")
    engine = _app(folder).extensions["engine"]
    upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return folder / "rounds.db"


@pytest.fixture
def more_pages() -> list[Blueprint]:
    """Pages that exist for one test only; override it where they are needed."""
    return []


@pytest.fixture
def live(
    migrated: Path, tmp_path: Path, more_pages: list[Blueprint], compiled: FileSystemBytecodeCache
) -> Iterator[Live]:
    """A server in a thread, on a database of its own."""
    shutil.copy(migrated, tmp_path / "rounds.db")
    app = _app(tmp_path, compiled)
    for blueprint in more_pages:
        app.register_blueprint(blueprint)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield Live(app, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions["engine"].dispose()


@pytest.fixture
def enter(live: Live) -> Callable[[BrowserContext, User], None]:
    """Sign a person in for a whole browser context, without the form."""

    def entered(context: BrowserContext, user: User) -> None:
        client = live.app.test_client()
        answer = client.post("/sign-in", data={"email": user.email, "password": factories.PASSWORD})
        assert answer.status_code == 303, answer.text
        cookie = client.get_cookie("rounds")
        assert cookie
        context.add_cookies([{"name": "rounds", "value": cookie.value, "url": live.url}])

    return entered


@pytest.fixture
def manager(live: Live) -> User:
    """Somebody with two clients to call today."""
    with live.data():
        user = factories.user(name="Charlie Boone")
        for name, who in (("Halden Freight", "Dana Whitfield"), ("Vik Kommune", "Ole Vik")):
            client = factories.client(user, name)
            factories.preference(factories.contact(client, who))
            refresh_due_dates([client.id], factories.NOW)
    return user


@pytest.fixture
def phone(live: Live, manager: User, enter: Callable, context: BrowserContext) -> Page:
    """Their phone, with the day fetched ahead."""
    enter(context, manager)
    context.add_init_script(NO_TELEPHONE)
    page = context.new_page()
    page.goto(f"{live.url}/today")
    with_worker(page)
    until_kept(page, "/clients/2/postponement")
    return page
