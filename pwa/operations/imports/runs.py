"""Import of a list (spreadsheet) as a run: its state, its lease, and the work on it.

The worker leases a run and renews the lease at every batch; a run whose lease expired is resumed
where it stopped. The problems of the rows are in a file beside the list.
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
from pwa.operations.imports.batches import dry_run_import, run_import
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
    """Another worker has taken over the run."""


def start(run: ImportRun, *, dry_run: bool) -> None:
    """Queue a dry run or an import of the list from its first row."""
    result_log_of(run).truncate(0)
    run.dry_run = dry_run
    run.state, run.claimed_until = ImportState.WAITING, None
    run.progress, run.counts, run.problems, run.problem = 0, {}, [], None
    notify_worker()


def resume(run: ImportRun) -> None:
    """Queue a failed run again; it continues where it stopped."""
    run.state, run.claimed_until, run.problem = ImportState.WAITING, None, None
    notify_worker()


def notify_worker() -> None:
    """Enqueue the work after the commit; without a queue, the worker's next tick finds the run."""
    enqueue = current_app.extensions.get("enqueue")
    if enqueue:
        after_commit(lambda: enqueue("import_lists"))


def is_worker_alive(now: datetime) -> bool:
    """Whether a worker has sent a heartbeat within `SILENT`; without one, imports wait."""
    last = session.scalar(sa.select(Heartbeat.at).where(Heartbeat.name == "sweep"))
    return last is not None and now - last < SILENT


def result_log_of(run: ImportRun) -> ResultLog:
    """The log with the problems of this run's rows."""
    return ResultLog(Path(run.path + ".problems"))


@contextmanager
def opened_list(run: ImportRun) -> Iterator[ClientList]:
    """The run's list, read with its region and mapping. Raises IntakeError, or OSError without a
    file."""
    with Path(run.path).open("rb") as stream:
        yield open_list(
            stream,
            filename=run.filename,
            region=run.region or current_app.config["ROUNDS"].region,
            columns=run.mapping.get("columns"),
            mapping=run.mapping.get("fields"),
        )


def run_waiting(now: Now) -> None:
    """Work on every waiting run and every run whose lease expired; then delete old files.

    `now` is called again at every batch: a long list outlives many leases.
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
        values = {"state": ImportState.RUNNING, "claimed_until": now + LEASE}
        claim = sa.update(ImportRun).where(ImportRun.id == run_id, free).values(values)
        claimed = changed(claim)
    if claimed != 1:
        return None
    return session.get_one(ImportRun, run_id, populate_existing=True)


def _work(run: ImportRun, now: Now) -> None:
    lease = _RunLease(run, now)
    try:
        with opened_list(run) as clients:
            decisions = decide(clients, run.owner_id, run.timezone)
            if run.dry_run:
                dry_run_import(clients, decisions, lease.report_alone)
            else:
                run_import(clients, decisions, now(), lease.report, lease.done)
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
        log.exception("import %s stopped after row %s", run.id, lease.rows)
        state, problem = ImportState.FAILED, BROKE
    with writing():
        lease.save(state=state, problem=problem)


class _RunLease:
    """A worker's lease on a run: every report renews it, or raises LeaseLost."""

    def __init__(self, run: ImportRun, now: Now) -> None:
        self.run_id, self.claimed_until, self.now = run.id, run.claimed_until, now
        resumed = run.counts if not run.dry_run else {}
        self.done = Counts(**{name: resumed.get(name, 0) for name in Counts().as_dict()})
        self.log = result_log_of(run)
        self.log.truncate(resumed.get("said", 0))
        self.count, self.first = resumed.get("problems", 0), list(run.problems) if resumed else []
        self.rows = self.done.rows

    def report(self, progress: Progress) -> None:
        """Store progress and problems within the transaction of the batch. Raises LeaseLost."""
        size = self.log.add(progress.problems)
        self.count += len(progress.problems)
        room = SHOWN - len(self.first)
        self.first += [self.log.to_json(problem) for problem in progress.problems[:room]]
        self.rows = progress.counts.rows
        totals = {"problems": self.count, "said": size, "share": round(100 * progress.share)}
        self.save(
            progress=self.rows, counts=progress.counts.as_dict() | totals, problems=list(self.first)
        )

    def report_alone(self, progress: Progress) -> None:
        """Report in a transaction of its own."""
        with writing():
            self.report(progress)

    def save(self, **values: object) -> None:
        """Update the run and renew the lease. Raises LeaseLost."""
        until = self.now() + LEASE
        mine = sa.update(ImportRun).where(
            ImportRun.id == self.run_id, ImportRun.claimed_until == self.claimed_until
        )
        if changed(mine.values(claimed_until=until, **values)) != 1:
            raise LeaseLost
        self.claimed_until = until


def _delete_expired_files(now: datetime) -> None:
    """Delete lists and logs older than `KEPT_FOR`: they hold personal data (retention)."""
    old = sa.select(ImportRun).where(ImportRun.created_at < now - KEPT_FOR, ImportRun.path != "")
    with writing():
        for run in session.scalars(old):
            result_log_of(run).delete()
            Path(run.path).unlink(missing_ok=True)
            run.path = ""
