"""From a spoken note to a kept promise: nobody types."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlalchemy import select

from pwa import clock
from pwa.models import Cadence, Promise
from pwa.operations.voice_notes import retention, transcription
from pwa.operations.voice_notes.transcription import Pipeline
from pwa.speech.transcribe import transcribe
from tests.browser.conftest import Live
from tests.browser.phone import arrived, open_sheet, question, ready, record, save

ASKED = "interactions/new?client=1&contact=1&kind=call&key=key-of-the-call"


def worker(live: Live) -> int:
    """What the worker does with notes, in this process."""
    with live.app.app_context():
        ears = Pipeline("moonshine", lambda path: transcribe(path, "moonshine", 60))
        return transcription.transcribe_pending(retention.store(), ears, clock.now)


@pytest.fixture
def noted(live: Live, phone: Page) -> Page:
    """Dana was called, and what she said was told to the phone."""
    phone.goto(f"{live.url}/{ASKED}")
    question(phone)
    phone.get_by_role("button", name="We spoke").click()
    record(phone, seconds=7)
    phone.get_by_role("button", name="Stop recording").click()
    expect(phone.get_by_role("button", name="Play")).to_be_visible()
    save(phone)
    return phone


def test_from_the_microphone_to_the_promise_on_the_client_page(live, noted):
    noted.goto(f"{live.url}/clients/1")
    expect(noted.get_by_text("It is being written out.")).to_be_visible()
    noted.goto(f"{live.url}/today")
    ready(noted)
    expect(noted.get_by_text("Your note is being read")).to_be_visible()
    next_call = noted.get_by_role("link", name="Call Ole")
    stands_at = next_call.bounding_box()
    noted.evaluate("window.untouched = true")
    assert worker(live) == 1
    expect(noted.get_by_role("link", name="2 to confirm", exact=True)).to_be_visible()
    expect(noted.get_by_text("Your note is being read")).to_have_count(0)
    assert noted.evaluate("window.untouched")  # no other page came in its place
    assert next_call.bounding_box() == stands_at
    open_sheet(noted, 2)
    promised = noted.get_by_role("group", name="You promised: send the drawings")
    rhythm = noted.get_by_role("group", name="They would like to talk monthly")
    assert Axe().run(noted, context=".confirm").response["violations"] == []
    hear = promised.get_by_role("link", name="Hear it")
    with noted.expect_response(re.compile("/voice-notes/")) as played:
        hear.click()
    assert played.value.status in {200, 206}
    assert re.search(r"#t=\d+\.\d$", hear.get_attribute("href") or "")
    complaints: list[str] = []
    noted.on("console", lambda one: complaints.extend([one.text] if one.type == "error" else []))
    promised.get_by_role("button", name="Yes").click()
    expect(promised.get_by_text("Added to your promises")).to_be_visible()
    assert complaints == []
    expect(rhythm.get_by_role("button", name="Yes")).to_be_focused()
    rhythm.get_by_role("button", name="No").click()
    expect(noted.get_by_text("All answered.")).to_be_visible()
    expect(noted.get_by_role("link", name="Write the recap")).to_be_focused()
    noted.goto(f"{live.url}/clients/1")
    expect(noted.get_by_text(re.compile("send the drawings", re.I)).first).to_be_visible()
    noted.get_by_text("What you said", exact=True).click()
    expect(noted.get_by_text("once a month is enough for her")).to_be_visible()
    with live.data() as db:
        (promise,) = db.scalars(select(Promise))
        assert promise.words.startswith("send the drawings")
        assert db.scalars(select(Cadence.stage)).all() == ["weekly", "weekly"]


def test_again_throws_this_one_away_after_a_word_and_records_anew(live, phone):
    phone.goto(f"{live.url}/{ASKED}")
    question(phone)
    record(phone, seconds=2)
    phone.get_by_role("button", name="Stop recording").click()
    phone.get_by_role("button", name="Again").click()
    expect(phone.get_by_text("Throw this note away?")).to_be_visible()
    phone.get_by_role("button", name="Throw it away").click()
    expect(phone.get_by_role("button", name="Stop recording")).to_be_visible()
    expect(phone.locator(".timer")).to_have_text(re.compile("0:0[01]"))


def test_without_a_network_the_tap_is_kept_and_sent(live, noted, context):
    noted.goto(f"{live.url}/today/confirm")
    ready(noted)
    expect(noted.get_by_text("Your note is being read")).to_be_visible()
    worker(live)
    promised = noted.get_by_role("group", name="You promised: send the drawings")
    expect(promised).to_be_visible()  # on the page that stood open
    ready(noted)
    context.set_offline(True)
    promised.get_by_role("button", name="Yes").click()
    expect(promised.get_by_text("Waiting to be sent")).to_be_visible()
    context.set_offline(False)
    assert len(arrived(live, noted, Promise)) == 1


def test_a_note_that_is_deleted_takes_its_words_along(live, noted):
    worker(live)
    noted.goto(f"{live.url}/clients/1")
    ready(noted)
    noted.get_by_text("Delete this note").click()
    noted.get_by_role("button", name=re.compile("Delete it")).click()
    expect(noted.get_by_text("The note is deleted.")).to_be_visible()
    expect(noted.locator("audio")).to_have_count(0)
    expect(noted.get_by_text("to confirm")).to_have_count(0)
    assert list(Path(live.app.config["ROUNDS"].voice_notes_url).iterdir()) == []
