"""Imports from the browser: a chosen file, what was decided about it, and who works on it.

The worker claims a run for a while and says at every batch that it still works on it; a run whose
worker died is taken up where it stopped. What was said about the rows lies beside the file.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import current_app

from pwa.db import after_commit, changed, session, writing
from pwa.intake import ClientList, IntakeError, open_list
from pwa.models import Heartbeat, ImportRun, ImportState
from pwa.operations.imports.batches import dry_run_import
from pwa.operations.imports.batches import run_import as run_list
from pwa.operations.imports.counts import Counts, Progress
from pwa.operations.imports.decisions import UndecidedImport, decide
from pwa.operations.imports.result_log import ResultLog

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
KEPT_FOR = timedelta(days=30)
SILENT = timedelta(minutes=3)
SHOWN = 20
BROKE, GONE = "broke", "gone"

Now = Callable[[], datetime]


class LeaseLost(Exception):
    """Someone else works on this run now."""


def start(run: ImportRun, *, dry_run: bool) -> None:
    """Let the worker try the list out, or import it, from the first row."""
    result_log_of(run).keep(0)
    run.dry_run = dry_run
    run.state, run.claimed_until = ImportState.WAITING, None
    run.progress, run.counts, run.problems, run.problem = 0, {}, [], None
    notify_worker()


def resume(run: ImportRun) -> None:
    """Let the worker take up a run that failed, where it stopped."""
    run.state, run.claimed_until, run.problem = ImportState.WAITING, None, None
    notify_worker()


def notify_worker() -> None:
    """Tell the worker once this is committed; where nobody listens, its next tick finds it."""
    enqueue = current_app.extensions.get("enqueue")
    if enqueue:
        after_commit(lambda: enqueue("import_lists"))


def is_worker_alive(now: datetime) -> bool:
    """Whether a worker swept lately; without one, imports wait."""
    last = session.scalar(sa.select(Heartbeat.at).where(Heartbeat.name == "sweep"))
    return last is not None and now - last < SILENT


def result_log_of(run: ImportRun) -> ResultLog:
    """The problems of this run's rows."""
    return ResultLog(Path(run.path + ".problems"))


@contextmanager
def opened_list(run: ImportRun) -> Iterator[ClientList]:
    """The run's list, read as it was decided. Raises IntakeError, or OSError when it is gone."""
    with Path(run.path).open("rb") as stream:
        yield open_list(
            stream,
            filename=run.filename,
            region=run.region or current_app.config["ROUNDS"].region,
            columns=run.mapping.get("columns"),
            mapping=run.mapping.get("fields"),
        )


def run_waiting(now: Now) -> None:
    """Work on every run that waits, or whose worker died; then let go of old files.

    `now` is asked again at every batch: a long list outlives many leases.
    """
    while run := _claim_next(now()):
        try:
            _work(run, now)
        except LeaseLost:
            log.warning("import %s went to another worker", run.id)
    _delete_expired_files(now())


def _claim_next(now: datetime) -> ImportRun | None:
    free = sa.or_(
        ImportRun.state == ImportState.WAITING,
        sa.and_(ImportRun.state == ImportState.RUNNING, ImportRun.claimed_until < now),
    )
    with writing():
        run_id = session.scalar(sa.select(ImportRun.id).where(free).order_by(ImportRun.id))
        taken = {"state": ImportState.RUNNING, "claimed_until": now + LEASE}
        claim = sa.update(ImportRun).where(ImportRun.id == run_id, free).values(taken)
        won = changed(claim)
    if won != 1:
        return None
    return session.get_one(ImportRun, run_id, populate_existing=True)


def _work(run: ImportRun, now: Now) -> None:
    work = _RunLease(run, now)
    try:
        with opened_list(run) as clients:
            decided = decide(clients, run.owner_id, run.timezone)
            if run.dry_run:
                dry_run_import(clients, decided, work.report_alone)
            else:
                run_list(clients, decided, now(), work.report, work.done)
        state, problem = ImportState.DONE, None
    except IntakeError as error:
        state, problem = ImportState.FAILED, str(error)
    except UndecidedImport as error:
        state, problem = ImportState.FAILED, error.reason
    except FileNotFoundError:
        state, problem = ImportState.FAILED, GONE
    except LeaseLost:
        raise
    except Exception:
        log.exception("import %s stopped after row %s", run.id, work.rows)
        state, problem = ImportState.FAILED, BROKE
    with writing():
        work.save(state=state, problem=problem)


class _RunLease:
    """One worker's hold on a run: every report renews it, and fails once it is lost."""

    def __init__(self, run: ImportRun, now: Now) -> None:
        self.run_id, self.held, self.now = run.id, run.claimed_until, now
        resumed = run.counts if not run.dry_run else {}
        self.done = Counts(**{name: resumed.get(name, 0) for name in Counts().as_dict()})
        self.said = result_log_of(run)
        self.said.keep(resumed.get("said", 0))
        self.count, self.first = resumed.get("problems", 0), list(run.problems) if resumed else []
        self.rows = self.done.rows

    def report(self, progress: Progress) -> None:
        """Write down how far it is, within the unit of work of the batch."""
        size = self.said.add(progress.problems)
        self.count += len(progress.problems)
        room = SHOWN - len(self.first)
        self.first += [self.said.plain(each) for each in progress.problems[:room]]
        self.rows = progress.counts.rows
        told = {"problems": self.count, "said": size, "share": round(100 * progress.share)}
        self.save(
            progress=self.rows, counts=progress.counts.as_dict() | told, problems=list(self.first)
        )

    def report_alone(self, progress: Progress) -> None:
        """The same as a unit of work of its own."""
        with writing():
            self.report(progress)

    def save(self, **values: object) -> None:
        """Change the run and hold on to it. Raises Lost."""
        until = self.now() + LEASE
        mine = sa.update(ImportRun).where(
            ImportRun.id == self.run_id, ImportRun.claimed_until == self.held
        )
        if changed(mine.values(claimed_until=until, **values)) != 1:
            raise LeaseLost
        self.held = until


def _delete_expired_files(now: datetime) -> None:
    """Other people's addresses do not stay here longer than a problem can be looked into."""
    old = sa.select(ImportRun).where(ImportRun.created_at < now - KEPT_FOR, ImportRun.path != "")
    with writing():
        for run in session.scalars(old):
            result_log_of(run).forget()
            Path(run.path).unlink(missing_ok=True)
            run.path = ""
