"""A network that comes and goes, a page that is killed: what was said arrives once, in order."""

import contextlib
import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect
from sqlalchemy import select

from pwa import clock
from pwa.models import Interaction, Promise, VoiceNote
from tests.browser.phone import NO_TELEPHONE, SYNC
from tests.faults.scale import FULL, times
from tests.files.test_voice_notes import WEBM

EACH = 20 if FULL else 4  # the network comes and goes as often with fewer
PATIENCE = 150  # times 0.2 s without a single one sent
# What a form does when it is saved, without its screen: `count` promises at two clients in turn.
SAY = """async ([first, count]) => {
  const root = document.querySelector("script[type=module]").src.replace("js/main.js", "");
  const { add } = await import(`${root}js/offline/outbox.js`);
  for (let number = first; number < first + count; number++) {
    const client = String(1 + (number % 2));
    const fields = [["key", `promise-number-${number}`], ["words", `number ${number}`],
                    ["due", "2030-01-07"]];
    const to = `/clients/${client}/promises`;
    await add({ to, fields, client, label: "A promise", from: "/today" });
  }
}"""
SEND = """async () => {
  const root = document.querySelector("script[type=module]").src.replace("js/main.js", "");
  const { send } = await import(`${root}js/offline/sender.js`);
  await send();
}"""
WAITING = """async () => {
  const root = document.querySelector("script[type=module]").src.replace("js/main.js", "");
  const { all } = await import(`${root}js/offline/outbox.js`);
  return (await all()).map(({ value }) => [value.key, value.problem]);
}"""


def stored(live, model):
    with live.data() as db:
        return list(db.scalars(select(model).order_by(model.id)))


def test_a_network_that_comes_and_goes_loses_and_doubles_nothing(live, phone: Page, context):
    flaps, other = times(500), opened(live, context)
    for flap in range(flaps):
        context.set_offline(True)
        phone.evaluate(SAY, [flap * EACH, EACH])
        context.set_offline(False)
        if flap % 2:
            for page in (phone, other):  # both at once, and gone again in the middle of it
                page.evaluate(f"() => {{ ({SEND})() }}")
            phone.wait_for_timeout(flap % 7 * 10)
    until_all_is_sent(phone)
    promised = stored(live, Promise)
    assert len(promised) == flaps * EACH
    for client in (1, 2):
        numbers = [int(one.words.split()[1]) for one in promised if one.client_id == client]
        assert numbers == sorted(set(numbers))


# A note of `size` bytes, chunk by chunk, and the form that goes with it.
SPEAK = """async ([key, at, bytes]) => {
  const root = document.querySelector("script[type=module]").src.replace("js/main.js", "");
  const { append } = await import(`${root}js/offline/notes.js`);
  const { add } = await import(`${root}js/offline/outbox.js`);
  const sound = Uint8Array.from(bytes);
  for (let number = 0; number * 1000 < sound.length; number++) {
    const part = sound.slice(number * 1000, (number + 1) * 1000);
    await append(key, number, new Blob([part], { type: "audio/webm" }), number + 1);
    window.kept = number + 1;
  }
  const fields = Object.entries({ key, client: "1", contact: "1", kind: "call", direction: "out",
                                  outcome: "spoke", at });
  await add({ to: "/interactions", fields, client: "1", label: "A call", from: "/today" });
  window.said = true;
}"""
READ = """async (key) => {
  const root = document.querySelector("script[type=module]").src.replace("js/main.js", "");
  const { read } = await import(`${root}js/offline/notes.js`);
  const note = await read(key);
  return note && [...new Uint8Array(await note.blob.arrayBuffer())];
}"""


@pytest.mark.parametrize("victim", ["page", "worker"])
def test_killed_while_saving_the_note_is_there_and_byte_equal(
    live, phone: Page, context: BrowserContext, victim
):
    """The page dies at a moment of its own each time, or the worker does while it sends."""
    sounds: dict[str, bytes] = {}
    said = set()
    for number in range(times(200 if victim == "page" else 100)):
        key = f"spoken-note-{number}"
        sounds[key] = WEBM + hashlib.shake_128(key.encode()).digest(6000)
        page = opened(live, context)
        saying = [key, clock.now().isoformat(), list(sounds[key])]
        page.evaluate(
            f"(all) => {{ window.kept = 0; window.said = false; ({SPEAK})(all) }}", saying
        )
        if victim == "worker":
            while not page.evaluate("window.said"):
                page.wait_for_timeout(10)
            said.add(key)
            context.service_workers[-1].evaluate(SYNC)
            page.wait_for_timeout(number % 40 * 3)
            kill_worker(page)
            page.close()
            continue
        page.wait_for_timeout(number % 40 * 3)
        kept, whole = page.evaluate("[window.kept, window.said]")
        said |= {key} if whole else set()
        kill(page)
        there = bytes(phone.evaluate(READ, key) or [])
        arrived = [one for one in stored(live, Interaction) if one.ref == key]
        assert arrived or there[: kept * 1000] == sounds[key][: kept * 1000]
        assert sounds[key].startswith(there)
    until_all_is_sent(phone)
    with live.data() as db:
        for row, note in db.execute(select(Interaction, VoiceNote).join(Interaction.voice_note)):
            folder = live.app.config["ROUNDS"].voice_notes_url
            assert Path(folder, note.name).read_bytes() == sounds[row.ref]
    assert len({one.ref for one in stored(live, Interaction)}) == len(stored(live, Interaction))
    assert {one.ref for one in stored(live, Interaction)} >= said


def until_all_is_sent(page: Page) -> None:
    """As long as it takes, while it goes on: ten thousand things are more than a minute's work."""
    fewest, patience = None, PATIENCE
    while patience:
        page.evaluate(SEND)
        waiting = page.evaluate(WAITING)
        if not waiting:
            return
        if fewest is None or len(waiting) < fewest:
            fewest, patience = len(waiting), PATIENCE
        patience -= 1
        page.wait_for_timeout(200)  # somebody else sends
    raise AssertionError(f"{len(waiting)} wait, the first: {waiting[:3]}")


def opened(live, context: BrowserContext) -> Page:
    context.add_init_script(NO_TELEPHONE)
    page = context.new_page()
    page.goto(f"{live.url}/promises")
    expect(page.locator("html[data-ready]")).to_be_attached()
    return page


def kill(page: Page) -> None:
    with contextlib.suppress(Error):
        page.goto("chrome://crash", timeout=1000)
    page.close()


def kill_worker(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    session.detach()
