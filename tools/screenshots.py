"""Make docs/screenshots/ and the two pictures of the manifest: every screen, light and dark.

    .venv/bin/python tools/screenshots.py            all of them
    .venv/bin/python tools/screenshots.py today me   those whose names begin so

Needs what `make test` installs, Chromium included; it writes as an Android phone does where Roboto
is installed (Debian: fonts-roboto-unhinted). The moment is always the same Friday morning.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, expect, sync_playwright
from stage import MORNING, NEWCOMER, Stage, microphone, served
from test import find_browser

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "screenshots"
MANIFEST = ROOT / "static" / "screenshots"  # pwa/web/shell/manifest.py names what lies there
IN_MANIFEST = ("today-light.png", "team-light.png")
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1300, "height": 924}
COLOURS = 256  # what the screens are drawn in, and the soft edges of letters
CHARLIE, PETRA, ADA = (f"{name}@rounds.example" for name in ("charlie", "petra", "ada"))
AWAY = timedelta(minutes=9, seconds=40)
LIST = (
    "Company,Contact,Phone,Email,Town,Tier\n"
    "Lindqvist Print,Maja Lindqvist,22 12 34 60,maja@lindqvist.example,Oslo,A\n"
    "Fjell Sport,Jon Fjell,55 12 34 61,jon@fjell.example,Bergen,B\n"
    "Solvang Bakery,Eva Solvang,12,eva@solvang.example,Drammen,B\n"
    "Nordby Optics,Per Nordby,,,Hamar,C\n"
)
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include>/etc/fonts/fonts.conf</include>
<match target="pattern"><edit name="family" mode="prepend" binding="strong">
<string>Roboto</string></edit></match></fontconfig>"""
# The browser would ask which program should dial, in a window that nobody can answer.
NO_TELEPHONE = """addEventListener("click", (event) => {
  if (event.target.closest("a[href^='tel:']")) event.preventDefault();
})"""
COME_BACK = """() => {
  for (const hidden of [true, false]) {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }
}"""

Shot = tuple[str, str | None, Callable[[Page, Stage], None]]


def at(path: str) -> Callable[[Page, Stage], None]:
    """The page at an address, as it opens."""
    return lambda page, stage: go(page, stage, path)


def go(page: Page, stage: Stage, path: str) -> None:
    page.goto(stage.url + path)
    ready(page)


def ready(page: Page) -> None:
    """Wait until every behaviour of the page is bound; some pages have none."""
    if page.locator("script[type=module]").count():
        expect(page.locator("html[data-ready]")).to_be_attached()
        expect(page.locator("[data-behaviour]:not([data-bound])")).to_have_count(0)


def client(page: Page, stage: Stage) -> None:
    go(page, stage, f"/clients/{stage.client('Halden Freight')}")


def client_below(page: Page, stage: Stage) -> None:
    client(page, stage)
    page.get_by_role("heading", name="Go through, every one").evaluate("it => it.scrollIntoView()")


def first_card(link: str) -> Callable[[Page, Stage], None]:
    """The page that a link of the first card opens."""

    def opened(page: Page, stage: Stage) -> None:
        go(page, stage, "/today")
        page.get_by_role("link", name=link).first.click()
        ready(page)

    return opened


def back_from_call(page: Page, stage: Stage) -> None:
    page.clock.install(time=MORNING - AWAY)
    go(page, stage, "/today")
    page.clock.set_system_time(MORNING - AWAY)
    page.get_by_role("link", name="Call ").first.click()
    page.clock.set_system_time(MORNING)
    page.evaluate(COME_BACK)
    page.wait_for_url("**/interactions/new?**")
    ready(page)
    page.get_by_role("button", name="We spoke").click()


def recording(page: Page, stage: Stage) -> None:
    back_from_call(page, stage)
    page.get_by_role("button", name="Start recording").click()
    page.locator(".timer", has_text="0:04").wait_for()


def recorded(page: Page, stage: Stage) -> None:
    recording(page, stage)
    page.get_by_role("button", name="Stop recording").tap()
    page.get_by_role("button", name="Play").wait_for()


def list_read(page: Page, stage: Stage) -> None:
    go(page, stage, "/admin/imports")
    file = FilePayload(name="clients.csv", mimeType="text/csv", buffer=LIST.encode())
    page.get_by_label("Your list").set_input_files(file)
    page.get_by_role("button", name="Look at the list").click()
    ready(page)
    page.get_by_label("Who looks after them?").select_option(index=1)


def list_tried(page: Page, stage: Stage) -> None:
    list_read(page, stage)
    page.get_by_role("button", name="Try it out").click()
    stage.run_imports()
    page.reload()
    ready(page)


ON_PHONE: list[Shot] = [
    ("sign-in", None, at("/sign-in")),
    ("today", CHARLIE, at("/today")),
    ("opening", CHARLIE, first_card("How to open")),
    ("not-now", CHARLIE, first_card("Not now")),
    ("after-call", CHARLIE, back_from_call),
    ("after-call-recording", CHARLIE, recording),
    ("after-call-recorded", CHARLIE, recorded),
    ("client", CHARLIE, client),
    ("client-below", CHARLIE, client_below),
    ("clients", CHARLIE, at("/clients")),
    ("clients-search", CHARLIE, at("/clients?q=ha")),
    ("wrong", CHARLIE, at("/clients/1/recoveries/new")),
    ("make-it-right", CHARLIE, at("/recoveries/1")),
    ("call-first", CHARLIE, at("/contacts/1/writing")),
    ("too-full", CHARLIE, at("/today/load")),
    ("library", CHARLIE, at("/library")),
    ("promises", CHARLIE, at("/promises")),
    ("me", CHARLIE, at("/me")),
    ("today-empty", NEWCOMER, at("/today")),
    ("offline", None, at("/offline")),
    ("error", CHARLIE, at("/clients/0")),
]
ON_DESK: list[Shot] = [
    ("team", PETRA, at("/team")),
    ("cover", PETRA, at("/team/covers")),
    ("admin", ADA, at("/admin")),
    ("numbers", ADA, at("/admin/numbers")),
    ("import", ADA, list_read),
    ("import-tried", ADA, list_tried),
]


def main(wanted: list[str]) -> None:
    """Write the pictures whose names begin with one of `wanted`, all when it is empty."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        served() as stage,
        sync_playwright() as playwright,
    ):
        heard = microphone(Path(folder) / "voice.wav")
        fonts = Path(folder) / "fonts.conf"
        fonts.write_text(FONTS, encoding="utf-8")
        browser = playwright.chromium.launch(
            executable_path=find_browser(),
            env={**os.environ, "FONTCONFIG_FILE": str(fonts), "LANGUAGE": "en_GB"},
            args=[
                "--no-sandbox",
                "--lang=en-GB",
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-audio-capture={heard}",
            ],
        )
        for shots, size in ((ON_PHONE, PHONE), (ON_DESK, DESK)):
            for shot in shots:
                if not wanted or shot[0].startswith(tuple(wanted)):
                    for file in take(browser, stage, shot, size):
                        print(f"{file.stat().st_size // 1024:4} kB  {file.relative_to(ROOT)}")
        browser.close()
    MANIFEST.mkdir(parents=True, exist_ok=True)
    for name in IN_MANIFEST:
        shutil.copy(PICTURES / name, MANIFEST / name)


def take(browser: Browser, stage: Stage, shot: Shot, size: dict[str, int]) -> Iterator[Path]:
    """One screen in light and in dark, each in a browser that has seen nothing before."""
    name, email, act = shot
    phone = size is PHONE
    for scheme in ("light", "dark"):
        stage.begin()
        context = browser.new_context(
            viewport=size,  # type: ignore[arg-type]  # a plain dict
            color_scheme=scheme,
            device_scale_factor=2 if phone else 1,
            is_mobile=phone,
            has_touch=phone,
            permissions=["microphone", "notifications"],
            locale="en-GB",
            timezone_id="Europe/Oslo",
            reduced_motion="reduce",
        )
        context.add_init_script(NO_TELEPHONE)
        if email:
            cookie = {"name": "rounds", "value": stage.cookie(email), "url": stage.url}
            context.add_cookies([cookie])  # type: ignore[list-item]  # a plain dict
        page = context.new_page()
        act(page, stage)
        file = PICTURES / f"{name}-{scheme}.png"
        file.write_bytes(small(page.screenshot()))
        context.close()
        yield file


def small(picture: bytes) -> bytes:
    """The same picture with a palette: a third of the size, and no difference that one sees."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    out = io.BytesIO()
    # Covering every colour keeps the few amber and red ones as they are.
    few = image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main(sys.argv[1:])
