"""What a person does in Firefox, on a profile that outlives the process."""

import base64
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from tests.chain.autopush import Autopush
from tests.chain.marionette import Firefox, write_profile
from tests.factories import PASSWORD
from tests.patience import until

ALERT = "//*[@id='alertTextLabel']"
CARD = "//*[@data-behaviour='push'][@data-bound]"
# At each start Firefox under remote control turns push off, and lets nothing come to the front by
# itself; in a profile these would be defaults, which it does not respect.
LIKE_A_PERSONS = """Services.prefs.setBoolPref("focusmanager.testmode", false);
Services.prefs.setBoolPref("dom.push.connection.enabled", true)"""
TRUST = """Cc["@mozilla.org/security/x509certdb;1"].getService(Ci.nsIX509CertDB)
  .addCertFromBase64(arguments[0], "C,,")"""
# The button of its question lies outside of what Marionette takes for the window.
ALLOW = """const question = document.getElementById("web-notifications-notification");
if (window.PopupNotifications.panel.state !== "open" || !question) return false;
question.button.click();
return true"""
TITLES = """return [...Services.wm.getEnumerator("alert:alert")]
  .filter((alert) => alert.gIsActive)
  .map((alert) => alert.document.getElementById("alertTitleLabel").value)"""
# What the system calls for a tap on a notification whose Firefox has gone meanwhile.
TAP_KEPT = """const [origin] = arguments;
const { db } = ChromeUtils.importESModule("moz-src:///dom/notification/NotificationDB.sys.mjs");
const kept = await db.queueTask("getall", { origin, scope: `${origin}/` });
const handler = Cc["@mozilla.org/notification-handler;1"].getService(Ci.nsINotificationHandler);
const owner = Services.scriptSecurityManager.createContentPrincipalFromOrigin(origin);
for (const { id } of kept) await handler.respondOnClick(owner, id, "", true);
return kept.map(({ title }) => title)"""
TABS = "return gBrowser.tabs.map((tab) => tab.linkedBrowser.currentURI.spec)"
IN_FRONT = "return gBrowser.currentURI.spec"


class Phone:
    """One profile, and the Firefox on it, which may be started again and again."""

    def __init__(self, program: str, profile: Path, service: Autopush) -> None:
        """Make the profile."""
        write_profile(
            profile,
            {
                "dom.push.serverURL": service.address,
                "dom.push.testing.allowInsecureServerURL": True,
                "alerts.useSystemBackend": False,  # its own windows, where a test can see and click
                "ui.prefersReducedMotion": 1,  # they stay 20 seconds, and do not slide
            },
        )
        self._profile = profile
        self._service = service
        self.firefox = Firefox(program, profile)

    def start(self) -> None:
        """Start Firefox, and wait until its push service is there."""
        until(lambda: not self._service.connected)
        self.firefox.start()
        with self.firefox.chrome():
            self.firefox.script(LIKE_A_PERSONS)
        until(lambda: self._service.connected)

    def trust(self, authority: bytes) -> None:
        with self.firefox.chrome():
            self.firefox.script(TRUST, base64.b64encode(authority).decode("ascii"))

    def sign_in(self, url: str, email: str) -> None:
        self.firefox.open(f"{url}/sign-in")
        self.firefox.fill("email", email)
        self.firefox.fill("password", PASSWORD)
        self.press("Sign in")
        until(lambda: self.firefox.url == f"{url}/today")
        self.firefox.element("//html[@data-ready]")

    def turn_on_notifications(self, url: str) -> None:
        """On their own page, and yes to what the browser asks."""
        self.firefox.open(f"{url}/me")
        self.firefox.click(f"{CARD}//*[@data-do='on']")
        with self.firefox.chrome():
            until(lambda: self.firefox.script(ALLOW))
        self.firefox.element(f"{CARD}//*[@data-state='on'][not(@hidden)]")

    def write_down(self, url: str) -> None:
        """Wait until the profile holds on the disk who it is to the push service, and our worker.

        Firefox writes both a while later; a phone that is killed before that has lost them.
        """
        with self.firefox.chrome():
            self.firefox.script("Services.prefs.savePrefFile(null)")
        workers = self._profile / "serviceworker.txt"
        until(lambda: workers.exists() and f"{url}/" in workers.read_text(encoding="utf-8"))

    def press(self, button: str) -> None:
        self.firefox.click(f"//button[normalize-space()='{button}']")

    def book(self, page: str, at: datetime) -> None:
        """Book a call on a client's page, for a time by the contact's clock; then leave it."""
        self.firefox.open(page)
        self.firefox.click("//html[@data-ready]//a[contains(@href, '/bookings/new')]")
        self.firefox.fill("day", f"{at:%Y-%m-%d}")
        self.firefox.fill("time", f"{at:%H:%M}")
        self.press("Book")
        until(lambda: self.firefox.url == f"{page}#booked")
        self.firefox.open(page.partition("/clients/")[0] + "/today")

    def open_another_tab(self) -> None:
        """What is open goes behind it, where nobody sees it."""
        self.firefox.call("WebDriver:NewWindow", type="tab", focus=True)
        until(lambda: self.firefox.script("return document.hidden"))

    def close_all_tabs(self) -> None:
        """Nothing is open but one empty tab."""
        earlier = self.firefox.windows()
        empty = self.firefox.call("WebDriver:NewWindow", type="tab", focus=True)
        for tab in earlier:
            self.firefox.switch(tab)
            self.firefox.call("WebDriver:CloseWindow")
        self.firefox.switch(empty["handle"])

    def notification(self) -> str:
        """The title of the only one on the screen, as soon as there is one."""
        with self.firefox.chrome():
            until(lambda: self.firefox.script(TITLES))
            (title,) = self.firefox.script(TITLES)
        return str(title)

    def tap(self) -> None:
        """Tap on the notification that is on the screen."""
        with self.firefox.chrome():
            browser = self.firefox.call("WebDriver:GetWindowHandle")
            (alert,) = set(self.firefox.windows()) - {browser}
            self.firefox.switch(alert)
            self.firefox.click(ALERT)
            self.firefox.switch(browser)

    def until_kept(self, title: str) -> None:
        """Wait until the profile holds, on the disk, a notification whose title names that."""
        kept = self._profile / "notificationstore.json"
        until(lambda: kept.exists() and title in kept.read_text(encoding="utf-8"))

    def tap_kept(self, url: str) -> list[str]:
        """Tap on those shown before Firefox was started; returns their titles."""
        with self.firefox.chrome():
            return list(self.firefox.script(TAP_KEPT, url))

    def until_in_front(self, path: str) -> None:
        """Wait until the tab in front shows that page of ours."""
        with self.firefox.chrome():
            until(lambda: urlsplit(self.firefox.script(IN_FRONT)).path == path)

    def tabs(self) -> int:
        with self.firefox.chrome():
            return len(self.firefox.script(TABS))
