"""What had its time goes, and nothing else."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from pwa.models import Device, Notice, OneTimeLink, Receipt, SignIn
from pwa.operations.accounts import passwords, sessions
from pwa.operations.maintenance import cleanup
from pwa.rules.vocabulary.notice_kind import NoticeKind
from tests import factories
from tests.factories import NOW

DAY = timedelta(days=1)


def count(db, model: type) -> int:
    return int(db.scalar(sa.select(sa.func.count()).select_from(model)))


def receipt(user_id: int, key: str, at: datetime) -> None:
    values = {"fingerprint": "", "status": 303}
    factories.save(Receipt(user_id=user_id, key=key, at=at, **values))


def notice(user_id: int, subject: str, settled_at: datetime | None) -> None:
    moments = dict.fromkeys(("due_at", "expires_at", "next_try_at"), NOW - 200 * DAY)
    row = Notice(user_id=user_id, kind=NoticeKind.TEST, subject=subject, **moments)
    row.settled_at = settled_at
    factories.save(row)


def device(user_id: int, endpoint: str, gone_at: datetime | None) -> None:
    keys = {"p256dh": "", "auth": "", "name": "", "created_at": NOW - 200 * DAY}
    factories.save(Device(user_id=user_id, endpoint=endpoint, gone_at=gone_at, **keys))


def test_what_expired_goes_and_the_rest_stays(app, db):
    user = factories.user()
    sessions.start_session(user, "old", NOW - 91 * DAY)
    sessions.start_session(user, "new", NOW)
    passwords.make_link(user, NOW - 8 * DAY)
    receipt(user.id, "old", NOW - 401 * DAY)
    receipt(user.id, "new", NOW - 399 * DAY)
    notice(user.id, "old", NOW - 91 * DAY)
    notice(user.id, "new", NOW - 89 * DAY)
    notice(user.id, "waiting", None)
    device(user.id, "old", NOW - 91 * DAY)
    device(user.id, "new", NOW - 89 * DAY)
    device(user.id, "alive", None)
    db.commit()
    deleted = cleanup.clean_up(NOW)
    left = [count(db, model) for model in (SignIn, OneTimeLink, Receipt, Notice, Device)]
    assert left == [1, 0, 1, 2, 2]
    assert deleted["sign-ins"] == deleted["receipts"] == 1
    assert deleted["notices"] == deleted["one-time links"] == deleted["devices"] == 1


def test_a_recording_that_no_row_speaks_of_goes_after_a_day(app, db):
    folder = Path(app.config["ROUNDS"].voice_notes_url)
    folder.mkdir(parents=True, exist_ok=True)
    old, new = folder / ("0" * 32), folder / ("1" * 32)
    for path, age in ((old, 25), (new, 23)):
        path.touch()
        written = (NOW - timedelta(hours=age)).timestamp()
        os.utime(path, (written, written))
    cleanup.clean_up(NOW)
    assert (old.exists(), new.exists()) == (False, True)
    new.unlink()
