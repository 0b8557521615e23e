import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pwa import machine_lock
from pwa.operations.voice_notes.transcription import MAX_TRANSCRIBED_SECONDS
from pwa.speech import transcribe as hearing
from pwa.speech.engines import missing
from pwa.speech.errors import Failed, NoEngine, NotHeard, Unreadable
from pwa.speech.transcribe import transcribe
from tests.patience import PATIENCE, until
from tests.speech import hostile
from tests.speech.recordings import record, sample, speech

pytestmark = pytest.mark.slow

SAID = speech(sample("beckett"))
LIMIT = MAX_TRANSCRIBED_SECONDS
ROOT = Path(hearing.__file__).parent.parent.parent


@pytest.fixture(scope="module")
def note(tmp_path_factory):
    return record(SAID, "webm", tmp_path_factory.mktemp("note") / "note")


@pytest.mark.parametrize("kind", ["webm", "mp4"])
def test_what_a_person_says_into_a_phone_is_heard_where_it_was_said(kind, tmp_path):
    heard = transcribe(record(SAID, kind, tmp_path / "note"), "moonshine", LIMIT)
    assert heard.text.startswith("Ever tried. Ever failed. No matter.")
    assert not heard.cut
    assert heard.moment(heard.text.index("No matter")) == pytest.approx(3.3, abs=0.4)
    assert [line.start for line in heard.lines] == sorted(line.start for line in heard.lines)


def test_what_lies_beyond_the_limit_is_said_to_be_missing(note):
    heard = transcribe(note, "moonshine", 3)
    assert heard.text.startswith("Ever tried.")
    assert heard.cut


# A process counts the memory of whoever started it as its own until it becomes another program, so
# a small one stands between.
MEASURE = """
import resource, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE)
child.wait()
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_maxrss, used.ru_utime + used.ru_stime, file=sys.stderr)
"""


def test_three_hours_of_silence_say_nothing_and_take_no_memory(tmp_path):
    """The bound that the process gives itself is the one that is asserted here."""
    silence, _ = hostile.hours_of_silence(tmp_path / "note")
    command = [*hearing.COMMAND, str(silence), "moonshine", str(LIMIT)]
    measuring = subprocess.run(
        [sys.executable, "-c", MEASURE, *command], capture_output=True, text=True, check=True
    )
    answers = [json.loads(line) for line in measuring.stdout.splitlines()]
    memory, processor_seconds = map(float, measuring.stderr.split()[-2:])
    assert answers == [{"seconds": LIMIT}, {"lines": [], "cut": True}]
    megabyte = 1024 if sys.platform == "linux" else 1024 * 1024
    assert memory < 600 * megabyte
    assert processor_seconds < 60


def test_fifty_hostile_files_at_once(note, tmp_path):
    """Each gets a clear answer, and the next good one is heard."""
    makers = [make for name, make in hostile.TABLE.items() if name != "hours_of_silence"]
    paths = [makers[n % len(makers)](tmp_path / f"note{n}")[0] for n in range(50)]
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(answer, paths))
    assert {type(one) for one in answers} <= {Unreadable, str}
    assert all(str(one).endswith(".") for one in answers if isinstance(one, Unreadable))
    assert transcribe(note, "moonshine", LIMIT).text


def answer(path):
    try:
        with machine_lock.acquire("hearing", wait=True):
            return transcribe(path, "moonshine", LIMIT).text
    except NotHeard as problem:
        return problem


def test_no_file(tmp_path):
    with pytest.raises(Failed, match=r"note cannot be read"):
        transcribe(tmp_path / "note", "moonshine", LIMIT)
    with pytest.raises(Failed):
        transcribe(tmp_path, "moonshine", LIMIT)


@pytest.mark.parametrize("setting", ["none", "whisper:/nowhere"])
def test_without_an_engine_it_says_what_to_do(note, setting):
    with pytest.raises(NoEngine, match=r"[Ii]nstall"):
        transcribe(note, setting, LIMIT)


def test_a_model_that_is_missing_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr("pwa.speech.engines.find_spec", lambda name: object())
    assert str(tmp_path / "model.bin") in (missing(f"whisper:{tmp_path}") or "")
    (tmp_path / "model.bin").touch()
    assert missing(f"whisper:{tmp_path}") is None


CHILDREN = {
    "killed": "import os; os.kill(os.getpid(), 9)",
    "killed after it decoded": "import os; print('{\"seconds\": 1}', flush=True);"
    " os.kill(os.getpid(), 9)",
    "silent": "import time; time.sleep(3600)",
    "silent after it decoded": "import time; print('{\"seconds\": 1}', flush=True);"
    " time.sleep(3600)",
    "talking nonsense": "print('Warning')",
    "talking about something else": "print('[]')",
    "never ending": "while True: print('x' * 9999, end='')",
}


@pytest.mark.parametrize("how", CHILDREN)
def test_a_child_that_breaks_is_worth_another_try(note, how, monkeypatch):
    monkeypatch.setattr(hearing, "COMMAND", [sys.executable, "-c", CHILDREN[how]])
    monkeypatch.setattr(hearing, "DECODE_SECONDS", 0.5)
    monkeypatch.setattr(hearing, "LEAST_SECONDS", 0.5)
    monkeypatch.setattr(hearing, "TIMES_AUDIO", 0.1)
    started = time.monotonic()
    with pytest.raises(Failed, match="worth trying again"):
        transcribe(note, "moonshine", LIMIT)
    assert time.monotonic() - started < PATIENCE


WORKER = """
import sys
from pathlib import Path
from pwa.speech import transcribe
transcribe.COMMAND[2] = sys.argv[2]
transcribe.transcribe(Path(sys.argv[1]), "moonshine", 60)
"""
NEVER_DONE = """
from pwa.speech import worker_process
def decode(path, limit):
    print(worker_process.os.getpid(), file=open(f"{path}.pid", "w"), flush=True)
    worker_process.threading.Event().wait(3600)
worker_process.decode = decode
main("""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_a_worker_that_is_stopped_leaves_no_child_behind(number, tmp_path):
    note = record(SAID, "webm", tmp_path / "note")
    begin = hearing.BEGIN.replace("\nmain(", NEVER_DONE)
    command = [sys.executable, "-c", WORKER, str(note), begin]
    worker = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    pid_file = Path(f"{note}.pid")
    until(lambda: pid_file.exists() and pid_file.read_text().endswith("\n"))
    child = int(pid_file.read_text())
    assert alive(child)
    worker.send_signal(number)
    worker.wait(PATIENCE)
    until(lambda: not alive(child))


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
