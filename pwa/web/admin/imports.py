"""Imports of client lists: upload, mapping, dry run, import."""

import os
import uuid
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import ParamSpec, TypeVar

import sqlalchemy as sa
from flask import Blueprint, abort, current_app, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from config import ONE_MEGABYTE
from pwa import clock
from pwa.db import session
from pwa.files import private
from pwa.intake import ColumnsNeeded, IntakeError, open_list
from pwa.models import ImportRun, ImportState, Role
from pwa.operations.imports import runs
from pwa.operations.imports.failed_rows import failed_rows
from pwa.operations.imports.preview import preview_of
from pwa.operations.imports.result_log import ResultLog
from pwa.web.forms.import_form import ImportForm, save_decision
from pwa.web.http.authorization import role_required
from pwa.web.http.idempotency import idempotent, run_idempotent
from pwa.web.http.responses import page, redirect_after_post
from pwa.web.text import import_text as say

bp = Blueprint("imports", __name__, url_prefix="/admin/imports")

EARLIER = 10
NOT_STARTED = {ImportState.CHOSEN, ImportState.DONE, ImportState.FAILED}
LARGEST = 30 * ONE_MEGABYTE

P = ParamSpec("P")
R = TypeVar("R")


def allow_large_body(view: Callable[P, R]) -> Callable[P, R]:
    """Raise the body limit of a view to 30 MB; apply it before anything reads the form."""

    @wraps(view)
    def allowed(*args: P.args, **kwargs: P.kwargs) -> R:
        request.max_content_length = LARGEST
        return view(*args, **kwargs)

    return allowed


class Upload:
    """Temporary file of an uploaded list; deleted at the end unless `keep` was called."""

    def __init__(self, chosen: FileStorage) -> None:
        self.name = Path(chosen.filename or "list.csv").name[-200:]
        folder = current_app.config["ROUNDS"].instance_path / "imports"
        private.folder(folder)
        self._path = folder / uuid.uuid4().hex
        self._chosen = chosen
        self._kept = False

    def __enter__(self) -> "Upload":
        with open(self._path, "xb", opener=private.opener) as out:
            self._chosen.save(out)
            out.flush()
            os.fsync(out.fileno())
        self._chosen.stream.seek(0)
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._chosen.close()
        if error or not self._kept:
            self._path.unlink(missing_ok=True)

    def validate(self) -> None:
        """Raises `IntakeError` for a file that is no list of clients."""
        region = current_app.config["ROUNDS"].region
        with self._path.open("rb") as stream, suppress(ColumnsNeeded):
            open_list(stream, filename=self.name, region=region)

    def keep(self) -> Path:
        """Keeps the file for good and returns its path."""
        self._kept = True
        return self._path


@bp.get("")
@role_required(Role.ADMINISTRATOR)
def index() -> Response:
    return _index()


def _index(error: str | None = None, status: int = 200) -> Response:
    query = sa.select(ImportRun).order_by(ImportRun.id.desc()).limit(EARLIER)
    earlier = session.scalars(query).all()
    return page("imports/index.html", status=status, earlier=earlier, error=error)


@bp.post("")
@role_required(Role.ADMINISTRATOR)
@allow_large_body
def create() -> Response:
    """Keep the chosen file; the next page asks what is in it."""
    chosen = request.files.get("list")
    if not chosen or not chosen.filename:
        return _index(_("Choose a file first."), 422)
    with Upload(chosen) as upload:
        try:
            upload.validate()
        except IntakeError as error:
            return _index(error.message.render(_), 422)
        return run_idempotent(lambda: _keep(upload))


def _keep(upload: Upload) -> Response:
    run = ImportRun(
        user_id=current_user.id,
        filename=upload.name,
        path=str(upload.keep()),
        created_at=clock.now(),
    )
    session.add(run)
    session.flush()
    return redirect_after_post(url_for("imports.show", run_id=run.id))


@bp.get("/<int:run_id>")
@role_required(Role.ADMINISTRATOR)
def show(run_id: int) -> Response:
    run = load_run(run_id)
    if run.state is ImportState.CHOSEN or (run.state in NOT_STARTED and "change" in request.args):
        return _ask(run, ImportForm.prefilled(run))
    return page(
        "imports/run.html",
        "imports/_run.html",
        run=run,
        share=run.counts.get("share", 0),
        verdicts=say.VERDICTS,
        problems=[ResultLog.from_json(each) for each in run.problems],
        failure=say.failure(run.problem),
        worker_seen=runs.is_worker_alive(clock.now()),
    )


def _ask(run: ImportRun, form: ImportForm, status: int = 200) -> Response:
    try:
        seen = preview_of(run)
    except IntakeError as error:
        return _index(error.message.render(_), 422)
    except OSError:
        return _index(str(say.FAILURES["gone"]), 410)
    options = say.field_options()
    return page(
        "imports/run.html",
        "imports/_mapping.html",
        status,
        run=run,
        form=form,
        look=seen,
        options=options,
    )


@bp.post("/<int:run_id>/mapping")
@role_required(Role.ADMINISTRATOR)
@idempotent
def decide(run_id: int) -> Response:
    """Store the decisions about the list, and let the worker try it out."""
    run = load_run(run_id, for_write=True)
    if run.state not in NOT_STARTED:
        abort(409)
    form = ImportForm.parse(request.form)
    if not form.errors:
        save_decision(run, form)
    if form.errors:
        return _ask(run, form, 422)
    runs.start(run, dry_run=True)
    return redirect_after_post(url_for("imports.show", run_id=run.id))


@bp.post("/<int:run_id>/start")
@role_required(Role.ADMINISTRATOR)
@idempotent
def start(run_id: int) -> Response:
    """Import the list that was tried out."""
    run = load_run(run_id, for_write=True)
    if run.state is not ImportState.DONE or not run.dry_run:
        abort(409)
    runs.start(run, dry_run=False)
    return redirect_after_post(url_for("imports.show", run_id=run.id))


@bp.post("/<int:run_id>/retry")
@role_required(Role.ADMINISTRATOR)
@idempotent
def retry(run_id: int) -> Response:
    """Resume a failed import where it stopped."""
    run = load_run(run_id, for_write=True)
    if run.state is not ImportState.FAILED:
        abort(409)
    runs.resume(run)
    return redirect_after_post(url_for("imports.show", run_id=run.id))


@bp.get("/<int:run_id>/problems.csv")
@role_required(Role.ADMINISTRATOR)
def problems(run_id: int) -> Response:
    """The failed rows as CSV, as they stood, with the problem of each."""
    run = load_run(run_id)
    if run.state is not ImportState.DONE or not run.path:
        abort(404)
    response = Response("".join(failed_rows(run, _)), content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename="to-correct.csv")
    return response


def load_run(run_id: int, *, for_write: bool = False) -> ImportRun:
    """The import, or 404. `for_write` locks its row where the database has row locks."""
    query = sa.select(ImportRun).where(ImportRun.id == run_id)
    return session.scalar(query.with_for_update() if for_write else query) or abort(404)
