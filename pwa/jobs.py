"""Everything that runs by itself, each a few lines that hand the time to one operation.

Notices are sent by a thread of their own, which waits for nothing else and holds nothing else up.

`@every` runs by the clock, and sooner when someone asked for it by
`after_commit(lambda: current_app.extensions["enqueue"]("name"))`: only once the row it needs is
safe. The truth is in our own rows; a queue that loses a job loses only its promptness.
"""

import logging
import signal
import threading
from collections.abc import Callable
from functools import cache, partial, wraps
from typing import Any

from flask import Flask

from config import Config
from pwa import clock

Job = Callable[[], object]
THREADS = 4  # a long import and a note that is heard leave two
POLL_SECONDS = 1.0
STOP_SECONDS = 20.0
HEALTH_SECONDS = 10.0
NOTICES_SECONDS = 1.0  # how late a notice may be found due
KEY_SECONDS = 15.0  # until we look again for the key to sign notices with

log = logging.getLogger(__name__)
_making = threading.Lock()
_stopping = threading.Event()
_jobs: dict[str, tuple[Job, dict[str, str]]] = {}


def every(**when: str) -> Callable[[Job], Job]:
    """Run the job at these times (UTC), given as crontab does."""

    def register(job: Job) -> Job:
        _jobs[job.__name__] = (job, when)
        return job

    return register


@every(minute="*")
def send_mails() -> None:
    """Mails those whose devices show nothing."""
    from pwa.operations.notices import mail_fallback

    mail_fallback.mail_due(clock.now())


@every(minute="*")
def import_lists() -> None:
    """Runs queued imports, and those whose lease has ended."""
    from pwa.operations.imports import runs

    runs.run_waiting(clock.now)  # the clock itself: a long list asks it again for each batch


@every(minute="*")
def hear_notes() -> None:
    """Transcribes waiting voice notes."""
    from flask import current_app

    from pwa.operations.voice_notes import retention, transcription
    from pwa.speech import engine_choice

    config: Config = current_app.config["ROUNDS"]
    pipeline = transcription.Pipeline(
        config.speech_engine,
        lambda path: engine_choice.transcribe(config, path, transcription.MAX_TRANSCRIBED_SECONDS),
        partial(engine_choice.read, config),
    )
    transcription.transcribe_pending(retention.store(), pipeline, clock.now, _stopping.is_set)


@every(minute="7")
def clean_up() -> None:
    """Deletes expired rows and files (retention)."""
    from pwa.operations.maintenance import cleanup

    cleanup.clean_up(clock.now())


@every(minute="37")
def look_again() -> None:
    """Refreshes due dates that changed by time alone (lapsed recaps)."""
    from pwa.operations.client_state import due_dates

    due_dates.refresh_lapsed(clock.now())


def init_app(app: Flask) -> None:
    """Let requests ask for jobs; nothing is opened or started before one does."""
    app.extensions["enqueue"] = partial(enqueue, app)


def enqueue(app: Flask, name: str) -> None:
    """Ask a worker to run the job of that name soon. Call it after the commit.

    What is stored is stored: a queue that cannot be asked just now makes nobody wait for an error,
    as the row it needs is found by the clock as well.
    """
    try:
        tasks(app)[name]()
    except Exception:
        log.exception("no worker was asked for %s; it runs by the clock", name)


def run_worker(app: Flask) -> None:
    """Run jobs until asked to stop (SIGTERM, Ctrl-C); what is running then is finished first.

    A note that takes longer than that is left to whoever comes next.
    """
    from pwa.operations.voice_notes import transcription

    tasks(app)
    consumer = queue(app).create_consumer(
        workers=THREADS, max_delay=POLL_SECONDS, shutdown_timeout=STOP_SECONDS
    )
    consumer.start()
    notices = threading.Thread(target=send_notices, args=(app,), name="notices", daemon=True)
    notices.start()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: _stopping.set())
    log.info("the worker runs")
    while not _stopping.wait(HEALTH_SECONDS):
        consumer.check_worker_health()
    consumer.stop(graceful=True)
    notices.join()
    with app.app_context():
        transcription.release_claims(clock.now())


def send_notices(app: Flask) -> None:
    """Send notices as they become due, until asked to stop; pushes under way are finished first.

    Of several workers on a machine one does, and another takes over when that one ends.
    """
    from pwa.operations import notices
    from pwa.push.keys import VapidKeyError

    config: Config = app.config["ROUNDS"]
    while not _stopping.is_set():
        try:
            notices.run(config, app.app_context, _stopping)
        except VapidKeyError as problem:
            log.warning("%s", problem)
            _stopping.wait(KEY_SECONDS)
        except Exception:  # a database that is away for a while, or what nobody foresaw
            log.exception("notices are tried again in a moment")
        _stopping.wait(NOTICES_SECONDS)


@cache
def queue(app: Flask) -> Any:
    """The queue of the settings, opened when first asked for: a file, or a table of PostgreSQL."""
    from huey import PostgresHuey, SqliteHuey

    config: Config = app.config["ROUNDS"]
    if config.queue_url.startswith("postgresql://"):
        return PostgresHuey("rounds", dsn=config.queue_url, results=False)
    file = config.queue_url or str(config.instance_path / "queue.db")
    # Written by the standard library's SQLite, whose WAL may have a fault that loses data
    # (docs/decisions/006-notices.md): the older journal has not, and is quick enough for a queue.
    return SqliteHuey("rounds", filename=file, journal_mode="delete", results=False)


def tasks(app: Flask) -> dict[str, Callable[..., object]]:
    """The jobs as tasks of the queue, made once, whichever request asks first."""
    with _making:
        return _tasks(app)


@cache
def _tasks(app: Flask) -> dict[str, Callable[..., object]]:
    """Each runs in a context of the application."""
    from huey import crontab

    def within(job: Job) -> Job:
        @wraps(job)
        def run() -> None:
            with app.app_context():
                job()

        return run

    huey = queue(app)
    # A tick that nobody took up for a minute is followed by the next one.
    return {
        name: huey.periodic_task(crontab(**when), expires=60)(within(job))
        for name, (job, when) in _jobs.items()
    }
