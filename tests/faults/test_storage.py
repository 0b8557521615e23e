"""A disk that is full or closed, answers that never arrive: said, and nothing is half done."""

import resource
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import sqlalchemy as sa

from pwa import clock
from pwa.db import is_sqlite, session
from pwa.models import Interaction, Receipt, VoiceNote
from tests.faults.scale import times
from tests.faults.test_writes import SOUND, promise, promises

UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


def count(model):
    session.rollback()
    return session.scalar(sa.select(sa.func.count()).select_from(model))


def limit(server, size):
    """How large a file that process may write, in bytes."""
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, size)


@contextmanager
def read_only(url):
    """The same database, taking no writes: by how it is opened, or as its owner says."""
    if is_sqlite():
        yield url.replace("sqlite:///", "sqlite:///file:") + "?mode=ro&uri=true"
        return
    name = sa.make_url(url).database
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as owner:
        owner.exec_driver_sql(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        yield url
        owner.exec_driver_sql("SET default_transaction_read_only = off")
        owner.exec_driver_sql(f"ALTER DATABASE {name} RESET default_transaction_read_only")
    engine.dispose()


def said(client, key):
    who = {"client": client.id, "contact": client.contacts[0].id}
    at = clock.now().isoformat()
    return {"key": key, **who, "outcome": "spoke", "at": at}


def test_a_full_disk_is_said_and_passes(client, start):
    server = start()
    fields = said(client, "a-patient-key")
    limit(server, (1024, resource.RLIM_INFINITY))
    answer = server.upload("/interactions", fields, SOUND)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert (count(Interaction), count(VoiceNote), count(Receipt)) == (0, 0, 0)
    limit(server, UNLIMITED)
    assert server.upload("/interactions", fields, SOUND).status == 303
    assert (count(Interaction), count(VoiceNote)) == (1, 1)


def test_a_database_that_cannot_grow_is_said_and_passes(client, start):
    if not is_sqlite():
        return  # its files are another server's
    server = start()
    path, fields = f"/clients/{client.id}/promises", promise("a-patient-key", "send the quote")
    limit(server, (1024, resource.RLIM_INFINITY))
    answer = server.post(path, fields)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert promises() == []
    limit(server, UNLIMITED)
    assert server.post(path, fields).status == 303
    assert session.scalar(sa.text("PRAGMA integrity_check")) == "ok"
    assert session.execute(sa.text("PRAGMA foreign_key_check")).all() == []


def test_a_database_that_takes_no_writes_is_said_and_read_on(client, start, own_database):
    path, fields = f"/clients/{client.id}/promises", promise("a-patient-key", "send the quote")
    with read_only(own_database) as url:
        server = start(url)
        answer = server.post(path, fields)
        assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert promises() == []
    assert start().post(path, fields).status == 303


def test_a_database_that_is_gone_is_said_in_words(client, start, tmp_path):
    """Not even who asks is known then: the page does without a name, and without a script."""
    nowhere = tmp_path / "nowhere"
    gone = (
        f"sqlite:///{nowhere / 'rounds.db'}" if is_sqlite() else f"postgresql://x@/x?host={nowhere}"
    )
    path, fields = f"/clients/{client.id}/promises", promise("a-patient-key", "send the quote")
    answer = start(gone).post(path, fields)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert "Busy for a moment" in answer.body
    assert "<script" not in answer.body


def test_answers_that_get_lost_leave_one_row_each(client, start):
    server = start()
    path, number = f"/clients/{client.id}/promises", times(2000)
    sent = [promise(f"lost-answer-{one}", f"words {one}") for one in range(number)]

    def again(fields):
        server.leave(path, fields)
        return server.post(path, fields).status

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(again, sent)) == {303}
    assert sorted(one.words for one in promises()) == sorted(one["words"] for one in sent)
