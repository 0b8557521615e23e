"""`/today` from the copy on the phone with the server stopped, against a plain page of its size.

The plain page comes from the same cache by the same worker, has as many bytes and no script. The
processor is slowed four times; counted is the time to the first content on the screen.
"""

import os
import tempfile
import threading
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from config import Config
from pwa import create_app
from pwa.db import session, writing
from pwa.migrate import upgrade
from pwa.operations.client_state.due_dates import refresh_due_dates
from tests import factories
from tests.bench.measure import line, ratio
from tests.browser.phone import PHONE, until_kept

CLIENTS, ROUNDS, SLOWER = 24, 15, 4
PLAIN = """async () => {
  const [name] = (await caches.keys()).filter((one) => one.startsWith("rounds-day-"));
  const cache = await caches.open(name);
  const whole = await cache.match("/today");
  const size = (await whole.clone().blob()).size;
  const head = "<!doctype html><title>Plain</title><body><p>Plain</p><!--";
  const body = head + "x".repeat(size - head.length - 3) + "-->";
  await cache.put("/promises", new Response(body, { headers: whole.headers }));
}"""
PAINTED = """() => new Promise((resolve) => {
  const seen = (all) => all.find((one) => one.name === "first-contentful-paint")?.startTime;
  new PerformanceObserver((list) => seen(list.getEntries()) && resolve(seen(list.getEntries())))
    .observe({ type: "paint", buffered: true });
})"""


def run() -> None:
    """Print the row about the warm start."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_context(viewport=PHONE).new_page()
        today, plain = _measure(page, Path(folder))
        browser.close()
    line("/today with the server stopped / a plain page", ratio(today, plain), "at most 1.50")


def _measure(page: Page, folder: Path) -> tuple[float, float]:
    app = create_app(
        Config(
            instance_path=folder,
            base_url="http://127.0.0.1",
            database_url=f"sqlite:///{folder / 'rounds.db'}",
            secret_key="only for measuring",
            queue_url=str(folder / "queue.db"),
        )
    )
    upgrade(app.extensions["engine"])
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    last = _fill(app)
    _sign_in(page, url)
    until_kept(page, f"/clients/{last}/postponement")
    page.evaluate(PLAIN)
    server.shutdown()
    server.server_close()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    times: dict[str, list[float]] = {"/today": [], "/promises": []}
    for _ in range(ROUNDS):
        for path, taken in times.items():
            page.goto(url + path)
            taken.append(page.evaluate(PAINTED))
    return median(times["/today"]), median(times["/promises"])


def _fill(app) -> int:
    with app.app_context(), writing():
        user = factories.user(email="bench@example.com", capacity_minutes=480)
        made = [factories.client(user, f"Client {number}") for number in range(CLIENTS)]
        for client in made:
            factories.preference(factories.contact(client))
        session.flush()
        ids = [client.id for client in made]
        refresh_due_dates(ids, factories.NOW)
    return ids[0]


def _sign_in(page: Page, url: str) -> None:
    page.goto(f"{url}/sign-in")
    page.get_by_label("E-mail").fill("bench@example.com")
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today")
