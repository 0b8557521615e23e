"""What is acknowledged is there, once, whatever happens at the same moment."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from http.client import HTTPException
from itertools import count
from pathlib import Path

import sqlalchemy as sa

from pwa import clock
from pwa.db import is_sqlite, session, writing
from pwa.models import Client, Interaction, Promise, VoiceNote
from pwa.operations.promises import promises as operations
from tests import factories
from tests.faults.scale import times
from tests.files.test_voice_notes import WEBM
from tests.patience import PATIENCE

THREADS = 8
SOUND = WEBM + b"sound" * 4000
FIRST = date(2027, 1, 1)


def in_threads(work):
    """`work(number)` in eight threads at once; every failure comes out."""
    together = threading.Barrier(THREADS)

    def begin(number):
        together.wait()
        return work(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(begin, range(THREADS)))


def promise(key, words, due=FIRST):
    return {"key": key, "words": words, "due": due.isoformat()}


def promises():
    session.rollback()
    session.expire_all()
    return session.scalars(sa.select(Promise).order_by(Promise.id)).all()


def stands(client):
    session.rollback()
    return session.execute(sa.select(Client.promised_on).where(Client.id == client.id)).scalar()


def test_one_key_is_one_row_however_often_and_wherever_it_arrives(client, start):
    servers = [start() for _ in range(4)]
    path, fields = f"/clients/{client.id}/promises", promise("the-same-key", "send the quote")

    def send(number):
        return [servers[number % 4].post(path, fields) for _ in range(times(1000) // THREADS)]

    answers = [answer for several in in_threads(send) for answer in several]
    assert {answer.status for answer in answers} == {303}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert [one.words for one in promises()] == ["send the quote"]
    assert servers[0].post(path, {**fields, "words": "send another"}).status == 409


def test_many_at_one_client_lose_nothing_of_each_other(client, start):
    servers = [start(), start()]
    kept = [factories.promise(client, due=FIRST, falls_due=FIRST) for _ in range(40)]
    numbers = iter([one.id for one in kept])
    session.commit()
    lock = threading.Lock()

    def write(number):
        server = servers[number % 2]
        for turn in range(10):
            if number < THREADS // 2:
                due = FIRST + timedelta(days=100 - turn * 4 - number)
                fields = promise(f"promise-{number}-{turn}", f"words {number} {turn}", due)
                answer = server.post(f"/clients/{client.id}/promises", fields)
            else:
                with lock:
                    mine = next(numbers)
                answer = server.post(f"/promises/{mine}/keeping", {"key": f"keeping-{mine}"})
            assert answer.status == 303

    in_threads(write)
    rows = promises()
    still_open = [one for one in rows if one.kept is None]
    assert (len(rows), len(still_open)) == (80, 40)
    assert stands(client) == min(one.falls_due for one in still_open)


def test_the_second_of_two_writers_settles_with_what_the_first_wrote(app, client, manager):
    first = factories.promise(client, due=FIRST, falls_due=FIRST)
    session.commit()

    def keep():
        with app.app_context(), writing():
            operations.keep(session.get_one(Promise, first.id), FIRST, factories.NOW)

    with ThreadPoolExecutor(1) as pool:
        with writing():
            due = FIRST + timedelta(days=1)
            operations.give(client, None, "send the quote", due, manager, factories.NOW)
            other = pool.submit(keep)
            until_someone_waits()
        other.result()
    assert stands(client) == due


def until_someone_waits():
    """SQLite lets nobody begin; PostgreSQL says who is held up."""
    waiting = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    while not is_sqlite() and not session.scalar(waiting):
        pass


class Traffic:
    """Writes one after another until the server dies; keeps what was sent and what was answered."""

    def __init__(self, client):
        self.client, self.numbers = client, count()
        self.sent, self.acknowledged = {}, set()

    def flow(self, server, answered):
        while True:
            number = next(self.numbers)
            key = f"a-key-{number:04}"
            self.sent[key] = fields_of(self.client, key, number)
            try:
                answer = deliver(server, self.sent[key])
            except (OSError, HTTPException):
                return
            assert answer.status == 303
            self.acknowledged.add(key)
            answered.release()

    def until_killed(self, server, answers):
        answered = threading.Semaphore(0)
        with ThreadPoolExecutor(4) as pool:
            writers = [pool.submit(self.flow, server, answered) for _ in range(4)]
            for _ in range(answers):
                assert answered.acquire(timeout=PATIENCE)
            server.process.kill()
        for writer in writers:
            writer.result()


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(client, start, tmp_path):
    chance, traffic = random.Random(7), Traffic(client)
    for _ in range(times(1000, 30)):
        traffic.until_killed(start(), chance.randrange(1, 12))
    assert traffic.acknowledged <= here()
    last = start()
    for key in traffic.sent.keys() - traffic.acknowledged:
        assert deliver(last, traffic.sent[key]).status == 303
    assert here() == traffic.sent.keys()
    assert session.scalar(sa.select(sa.func.count(Promise.id))) == len(here() - spoken())
    assert_notes_are_whole(tmp_path / "voice-notes")
    if is_sqlite():
        assert session.scalar(sa.text("PRAGMA integrity_check")) == "ok"


def fields_of(client, key, number):
    if number % 2:
        return {"path": f"/clients/{client.id}/promises", **promise(key, f"words of {key}")}
    at = clock.now() - timedelta(minutes=5)
    who = {"client": client.id, "contact": client.contacts[0].id}
    return {"path": "/interactions", "key": key, **who, "outcome": "spoke", "at": at.isoformat()}


def deliver(server, fields):
    fields = dict(fields)
    path = fields.pop("path")
    return server.upload(path, fields, SOUND) if "at" in fields else server.post(path, fields)


def spoken():
    session.rollback()
    return set(session.scalars(sa.select(Interaction.ref)))


def here():
    return {one.words.removeprefix("words of ") for one in promises()} | spoken()


def assert_notes_are_whole(folder: Path):
    notes = session.scalars(sa.select(VoiceNote)).all()
    assert len(notes) == len(spoken())
    for note in notes:
        assert (folder / note.name).read_bytes() == SOUND


def test_a_database_that_stays_locked_is_said_and_nothing_half_done(app, client, start):
    server = start()
    path, fields = f"/clients/{client.id}/promises", promise("a-patient-key", "send the quote")
    with app.extensions["engine"].connect() as other:
        if is_sqlite():
            other = other.execution_options(rounds_write=True)
        other.execute(sa.select(Client.id).with_for_update())
        answer = server.post(path, fields)
        assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
        other.rollback()
    assert promises() == []
    assert server.post(path, fields).status == 303
    assert len(promises()) == 1
