"""Firefox under the hands of a test: its process and profile, and its remote control.

Marionette is a line of JSON arrays over TCP, each with its length before it. The page is the
content context; the chrome context is the browser around it, where notifications are shown.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.patience import PATIENCE, until

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key of an element's id, by WebDriver
NOT_YET = ("element not interactable", "element click intercepted")
NOWHERE = 9  # a port where nobody answers


class MarionetteError(Exception):
    """The browser refused a command; the message is its own."""


class NotClickableError(MarionetteError):
    """The element is there, but nobody could click it yet: it is hidden or still moves."""


def write_profile(folder: Path, preferences: Mapping[str, object]) -> None:
    """Make a profile with these preferences, which reaches nothing outside this machine."""
    folder.mkdir()
    every = {
        "marionette.port": 0,
        "browser.startup.page": 0,  # nothing opens that a test does not need
        "browser.newtab.preload": False,
        "dom.ipc.processPrelaunch.enabled": False,
        "network.proxy.type": 1,
        "network.proxy.http": "127.0.0.1",
        "network.proxy.http_port": NOWHERE,
        "network.proxy.ssl": "127.0.0.1",
        "network.proxy.ssl_port": NOWHERE,
        **preferences,
    }
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(every[name])});\n" for name in every]
    (folder / "user.js").write_text("".join(lines), encoding="utf-8")


class Firefox:
    """Firefox on a profile, without a screen, and the line to it while it runs."""

    def __init__(self, program: str, profile: Path) -> None:
        self._program = program
        self._profile = profile
        self._process: subprocess.Popen[bytes] | None = None
        self._line = contextlib.ExitStack()

    def start(self) -> None:
        """Start it; returns when it takes commands."""
        port_file = self._profile / "MarionetteActivePort"
        port_file.unlink(missing_ok=True)
        command = [self._program, "--headless", "--no-remote", "--profile", str(self._profile)]
        self._process = subprocess.Popen(
            [*command, "--marionette", "--remote-allow-system-access"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # so that its children are killed with it
            env={**os.environ, "MOZ_CRASHREPORTER_DISABLE": "1"},
        )
        until(lambda: port_file.exists() and port_file.read_text().strip().isdigit())
        address = ("127.0.0.1", int(port_file.read_text()))
        self._socket = self._line.enter_context(socket.create_connection(address, timeout=PATIENCE))
        self._stream = self._line.enter_context(self._socket.makefile("rb"))
        self._read()  # its greeting
        self._last = 0
        self.call("WebDriver:NewSession", capabilities={"alwaysMatch": {}})

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def call(self, command: str, **parameters: object) -> Any:
        """What the browser answers. Raises MarionetteError when it refuses."""
        self._last += 1
        text = json.dumps([0, self._last, command, parameters]).encode()
        self._socket.sendall(b"%d:%b" % (len(text), text))
        _kind, _number, error, answer = self._read()
        if error:
            kind = NotClickableError if error["error"] in NOT_YET else MarionetteError
            raise kind(f"{command}: {error['message']}")
        return answer["value"] if isinstance(answer, dict) and "value" in answer else answer

    def script(self, code: str, *arguments: object) -> Any:
        """What the body of an async function returns, in the context of now."""
        script = f"return (async function () {{ {code} }}).apply(null, arguments)"
        return self.call("WebDriver:ExecuteScript", script=script, args=arguments)

    @contextlib.contextmanager
    def chrome(self) -> Iterator[None]:
        """Act on the browser around the page meanwhile."""
        self.call("Marionette:SetContext", value="chrome")
        try:
            yield
        finally:
            self.call("Marionette:SetContext", value="content")

    def open(self, url: str) -> None:
        self.call("WebDriver:Navigate", url=url)

    @property
    def url(self) -> str:
        """Where the page is."""
        return str(self.call("WebDriver:GetCurrentURL"))

    def windows(self) -> list[str]:
        """The tabs; in the chrome context the windows, alerts among them."""
        return list(self.call("WebDriver:GetWindowHandles"))

    def switch(self, window: str) -> None:
        self.call("WebDriver:SwitchToWindow", handle=window, focus=True)

    def element(self, xpath: str) -> str:
        """The id of the element, as soon as there is one."""
        ids: list[str] = []

        def look() -> bool:
            elements = self.call("WebDriver:FindElements", using="xpath", value=xpath)
            ids[:] = [element[ELEMENT] for element in elements]
            return bool(ids)

        until(look)
        return ids[0]

    def click(self, xpath: str) -> None:
        """A click that the browser takes for a person's, as soon as one is possible."""

        def attempt() -> bool:
            try:
                self.call("WebDriver:ElementClick", id=self.element(xpath))
            except NotClickableError:
                return False
            return True

        until(attempt)

    def fill(self, name: str, text: str) -> None:
        """Type into the field of that name."""
        element = self.element(f"//*[@name='{name}']")
        self.call("WebDriver:ElementSendKeys", id=element, text=text)

    def quit(self) -> None:
        """End it as a person does."""
        assert self._process
        self.call("Marionette:Quit", flags=["eForceQuit"])
        self._process.wait(PATIENCE)
        self._line.close()

    def kill(self) -> None:
        """End it in the middle of whatever it does; nothing when it has ended."""
        if self._process and self.running:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(PATIENCE)
        self._line.close()

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            byte = self._stream.read(1)
            assert byte, "Firefox hung up"
            length += byte
        return json.loads(self._stream.read(int(length[:-1])))
