"""What `make` calls, as far as it decides something: what is restarted, found and listed."""

import importlib
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.patience import until

ROOT = Path(__file__).parent.parent
TOOLS = ROOT / "tools"
NEVER_DONE = [sys.executable, "-c", "import time; time.sleep(600)"]
# Ends in the group of its leader, as the reloaded process of a web server does.
WITH_CHILD = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, file=open(sys.argv[1], "w"), flush=True)
time.sleep(600)
"""


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    monkeypatch.syspath_prepend(str(TOOLS))
    return importlib.import_module


@pytest.fixture
def children(tool: Callable[[str], ModuleType]) -> Iterator:
    started = tool("children").Children(dict(os.environ), urgent=lambda: False)
    yield started
    started.stop(0)


def pid_of(children, name: str) -> int:
    return children._running[name].pid


def alive(pid: int) -> bool:
    """Whether it still runs; what was killed may stay listed until its parent takes note."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    listed = Path(f"/proc/{pid}/stat")
    return not (listed.exists() and " Z " in listed.read_text(encoding="utf-8"))


def test_a_restart_leaves_nothing_of_the_process_before(children, tmp_path):
    pid_file = tmp_path / "pid"
    children.start("web server", [sys.executable, "-c", WITH_CHILD, str(pid_file)])
    until(lambda: pid_file.exists() and pid_file.read_text().endswith("\n"))
    leader, child = pid_of(children, "web server"), int(pid_file.read_text())
    children.restart("web server", 0)
    until(lambda: not alive(leader) and not alive(child))
    assert not children.ended("web server")


def test_the_worker_starts_anew_when_a_file_changes(children, tool, tmp_path, monkeypatch, capfd):
    dev = tool("dev")
    monkeypatch.setattr(tool("setup"), "ROOT", tmp_path)
    (tmp_path / "config.py").touch()
    (tmp_path / "pwa").mkdir()
    for name in (dev.WEB_SERVER, dev.WORKER):
        children.start(name, NEVER_DONE)
    web, worker = pid_of(children, dev.WEB_SERVER), pid_of(children, dev.WORKER)
    asked = dev.Asked()
    watch = threading.Thread(target=dev.watch, args=(children, asked))
    watch.start()
    until(lambda: (tmp_path / "pwa" / "new.py").touch() or pid_of(children, dev.WORKER) != worker)
    assert pid_of(children, dev.WEB_SERVER) == web
    asked.times = 1
    watch.join()
    assert dev.RELOADED in capfd.readouterr().out


def test_a_worker_that_ends_waits_for_a_change_and_a_web_server_does_not(children, tool, capfd):
    dev = tool("dev")
    children.start(dev.WORKER, [sys.executable, "-c", ""])
    until(lambda: children.ended(dev.WORKER))
    children.start(dev.WEB_SERVER, NEVER_DONE)
    problems: list[str] = []
    watch = threading.Thread(target=lambda: problems.append(dev.watch(children, dev.Asked())))
    watch.start()
    until(lambda: dev.WAITS in capfd.readouterr().err)
    children._running[dev.WEB_SERVER].kill()
    watch.join()
    assert problems == [dev.ENDED.format(dev.WEB_SERVER)]


def test_texts_of_code_and_templates_are_found(tool, tmp_path):
    template = tmp_path / "messages.pot"
    assert tool("texts").extract(template) == 0
    texts = template.read_text(encoding="utf-8")
    for text in ("Sign in", "Daily conversations before an offer", "Write the recap"):
        assert f'msgid "{text}"' in texts
    assert 'msgid "%(num)d day late"\nmsgid_plural "%(num)d days late"' in texts


def test_every_target_says_what_it_is_for():
    targets = re.search(r"^TARGETS := (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert targets
    names = targets[1].split()
    command = [sys.executable, str(TOOLS / "help.py"), *names]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [["make", name] for name in names]
    assert all(len(line) < 100 for line in lines)
