"""A chosen list on its way to the disk."""

import os
import uuid
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import ParamSpec, TypeVar

from flask import current_app, request
from werkzeug.datastructures import FileStorage

from config import ONE_MEGABYTE
from pwa.files import private
from pwa.intake import ColumnsNeeded, open_list

LARGEST = 30 * ONE_MEGABYTE

P = ParamSpec("P")
R = TypeVar("R")


def allow_large_body(view: Callable[P, R]) -> Callable[P, R]:
    """Let this one page take a file of up to 30 MB. Put it before anything reads the form."""

    @wraps(view)
    def allowed(*args: P.args, **kwargs: P.kwargs) -> R:
        request.max_content_length = LARGEST
        return view(*args, **kwargs)

    return allowed


class Upload:
    """The file, written beside the other lists; deleted at the end unless it was kept."""

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

    def look(self) -> None:
        """Raise `IntakeError` for what is no list."""
        region = current_app.config["ROUNDS"].region
        with self._path.open("rb") as stream, suppress(ColumnsNeeded):
            open_list(stream, filename=self.name, region=region)

    def keep(self) -> Path:
        """Where the file stays."""
        self._kept = True
        return self._path
