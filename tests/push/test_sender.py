"""Every result of a push, against a real service on this machine."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from pwa.push.message import PAYLOAD_LIMIT, Urgency
from pwa.push.results import Delivered, Gone, PushRefused, Retry
from pwa.push.sender import Sender
from tests.faults.scale import FULL
from tests.patience import PATIENCE
from tests.push.conftest import CONTACT, KEY, SERVER_KEY, message_to, true_time
from tests.push.endpoint import Answer, Phone, PushService

TOKEN = re.compile(r"t=([^,]+)")


def test_the_device_reads_what_was_sent(sender: Sender, service: PushService, phone: Phone) -> None:
    assert sender.send_all([message_to(phone, "First: Dana before 10 é")]) == [Delivered()]
    assert [r.text for r in phone.received] == ["First: Dana before 10 é"]
    assert service.complaints == []
    assert phone.received[0].claims["sub"] == "mailto:ops@example.com"
    assert phone.received[0].claims["aud"] == service.origin


def test_headers_say_how_long_how_urgent_and_what_it_replaces(sender: Sender, phone: Phone) -> None:
    message = message_to(phone, ttl=900, urgency=Urgency.HIGH, topic="digest of Dana Whitfield")
    sender.send_all([message, message, replace(message, topic=None, ttl=0)])
    first, second, plain = sorted((r.headers for r in phone.received), key=lambda h: -int(h["ttl"]))
    assert (first["ttl"], first["urgency"]) == ("900", "high")
    assert re.fullmatch(r"[\w-]{32}", first["topic"])
    assert first["topic"] == second["topic"]
    assert (plain["ttl"], "topic" in plain) == ("0", False)


@pytest.mark.parametrize("status", [404, 410])
def test_an_ended_subscription_is_gone(sender: Sender, phone: Phone, status: int) -> None:
    phone.answer = Answer(status)
    assert sender.send_all([message_to(phone)]) == [Gone()]


@pytest.mark.parametrize("status", [406, 408, 429, 500, 502, 503])
def test_a_busy_or_broken_service_is_tried_later(sender: Sender, phone: Phone, status: int) -> None:
    phone.answer = Answer(status)
    [result] = sender.send_all([message_to(phone)])
    assert isinstance(result, Retry)
    assert result.after is None
    assert str(status) in result.why


def test_retry_after_is_honoured_in_seconds(sender: Sender, phone: Phone) -> None:
    phone.answer = Answer(429, {"Retry-After": "120"})
    [result] = sender.send_all([message_to(phone)])
    assert result == Retry(120.0, "The push service asked us to wait (429).")


def test_retry_after_is_honoured_as_a_date(sender: Sender, phone: Phone) -> None:
    until = datetime.now(UTC) + timedelta(minutes=10)
    phone.answer = Answer(503, {"Retry-After": format_datetime(until, usegmt=True)})
    [result] = sender.send_all([message_to(phone)])
    assert isinstance(result, Retry)
    assert result.after == pytest.approx(600, abs=5)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(400, body="no"), "The push service did not accept it (400: no)."),
        (Answer(413), "The push service found it too long (413)."),
        (
            Answer(403, body='{"reason":\n "BadJwtToken"}\x00'),
            'The push service did not accept our key or contact (403: {"reason": "BadJwtToken"}).',
        ),
    ],
)
def test_a_refusal_says_why(sender: Sender, phone: Phone, answer: Answer, why: str) -> None:
    phone.answer = answer
    assert sender.send_all([message_to(phone)]) == [PushRefused(why)]


def test_a_refusal_keeps_only_the_start_of_a_long_answer(sender: Sender, phone: Phone) -> None:
    phone.answer = Answer(400, body="x" * 1_000_000)
    [result] = sender.send_all([message_to(phone)])
    assert isinstance(result, PushRefused)
    assert len(result.why) < 300


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_refused_and_not_followed(sender: Sender, phone: Phone, status: int) -> None:
    with PushService() as inside:
        target = inside.subscribe(SERVER_KEY)
        phone.answer = Answer(status, {"Location": target.endpoint})
        [result] = sender.send_all([message_to(phone)])
        assert inside.connections == 0
    assert isinstance(result, PushRefused)
    assert str(status) in result.why


def test_a_silent_service_is_tried_later(phone: Phone) -> None:
    impatient = Sender(KEY, CONTACT, true_time, allowed_hosts={"127.0.0.1"}, timeout=0.1)
    phone.answer = Answer(hang=True)
    [result] = impatient.send_all([message_to(phone)])
    assert result == Retry(None, "The push service did not answer in 0.1 s.")


def test_a_cut_line_is_tried_later(sender: Sender, phone: Phone) -> None:
    phone.answer = Answer(cut=True)
    [result] = sender.send_all([message_to(phone)])
    assert result == Retry(None, "The push service could not be reached.")


def test_a_service_that_is_not_there_is_tried_later(sender: Sender) -> None:
    with PushService() as closed:
        phone = closed.subscribe(SERVER_KEY)
    [result] = sender.send_all([message_to(phone)])
    assert result == Retry(None, "The push service could not be reached.")


REFUSED, LATER = (PushRefused, "did not accept"), (Retry, "isn't working")
AWAY, SLOW = (Retry, "could not be reached"), (Retry, "did not answer in")

# Every kind of answer, by what it is, with the result it comes to and a part of its reason.
KINDS: dict[str, tuple[Answer, tuple[type, str]]] = {
    **{f"{n}": (Answer(n), (Delivered, "Handed")) for n in (200, 201, 202, 204)},
    **{
        f"{n}": (Answer(n, {"Location": "http://127.0.0.1:1/"}), (PushRefused, "elsewhere"))
        for n in (300, 301, 302, 303, 304, 307, 308)
    },
    **{
        f"{n}": (Answer(n, body='{"errno": 109}'), REFUSED)
        for n in (400, 401, 402, 403, 405, 409, 411, 415, 417, 422, 426, 431, 451)
    },
    "413": (Answer(413), (PushRefused, "too long")),
    **{f"{n}": (Answer(n), (Gone, "no longer takes")) for n in (404, 410)},
    **{f"{n}": (Answer(n), (Retry, "asked us to wait")) for n in (406, 408, 429)},
    **{f"{n}": (Answer(n), LATER) for n in (500, 501, 502, 503, 504, 507, 511, 521, 599)},
    "silent": (Answer(hang=True), SLOW),
    "slow": (Answer(drips=True), SLOW),
    "cut": (Answer(cut=True), AWAY),
    "cut within its headers": (Answer(raw=b"HTTP/1.1 201 Created\r\nContent-"), AWAY),
    "cut within a refusal": (Answer(raw=b"HTTP/1.1 400 No\r\nContent-Length: 9\r\n\r\nx"), REFUSED),
    "no HTTP": (Answer(raw=b"\x16\x03\x01 hello\r\n\r\n"), AWAY),
    "no status": (Answer(raw=b"HTTP/1.1 OK\r\n\r\n"), AWAY),
    "a header without end": (Answer(raw=b"HTTP/1.1 201 Created\r\nX: " + b"x" * 70_000), AWAY),
    "two lengths": (
        Answer(raw=b"HTTP/1.1 201 Created\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"),
        AWAY,
    ),
    "a page": (Answer(502, {"Content-Type": "text/html"}, "<h1>Bad gateway</h1>" * 1000), LATER),
    "no text": (Answer(raw=b"HTTP/1.1 400 No\r\nContent-Length: 3\r\n\r\n\xff\x00\xfe"), REFUSED),
}
UNENDING = {"silent", "slow"}
OF_EACH = 100 if FULL else 5


@pytest.mark.parametrize(
    ("kinds", "timeout"), [(KINDS.keys() - UNENDING, PATIENCE), (UNENDING, 0.5)]
)
def test_every_kind_of_answer_has_its_result(
    service: PushService, kinds: set[str], timeout: float
) -> None:
    """All of them mixed, so that each stands beside every other one."""
    each = sorted(kinds) * OF_EACH
    phones = [service.subscribe(SERVER_KEY) for _ in each]
    for phone, kind in zip(phones, each, strict=True):
        phone.answer = KINDS[kind][0]
    sender = Sender(KEY, CONTACT, true_time, allowed_hosts={"127.0.0.1"}, timeout=timeout)
    results = sender.send_all([message_to(phone) for phone in phones])
    wrong = {
        kind: result
        for kind, result in zip(each, results, strict=True)
        if type(result) is not KINDS[kind][1][0] or KINDS[kind][1][1] not in result.why
    }
    assert wrong == {}


def test_a_host_nobody_listed_is_never_contacted(service: PushService, phone: Phone) -> None:
    strict = Sender(KEY, CONTACT, true_time)
    [result] = strict.send_all([message_to(phone)])
    assert result == PushRefused("The push address is not at a push service we know.")
    assert service.connections == 0


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("x" * PAYLOAD_LIMIT, Delivered()),
        (
            "x" * (PAYLOAD_LIMIT + 1),
            PushRefused("It is too long for a push: 3994 bytes, 3993 fit."),
        ),
        ("é" * 2000, PushRefused("It is too long for a push: 4000 bytes, 3993 fit.")),
        ("", PushRefused("There is nothing in it to show.")),
    ],
)
def test_what_does_not_fit_is_refused_before_sending(
    sender: Sender, service: PushService, phone: Phone, text: str, result: object
) -> None:
    assert sender.send_all([message_to(phone, text)]) == [result]
    assert service.connections == int(result == Delivered())
    assert service.complaints == []


def test_what_is_too_late_is_refused_before_sending(
    sender: Sender, service: PushService, phone: Phone
) -> None:
    [result] = sender.send_all([message_to(phone, ttl=-1)])
    assert result == PushRefused("It is too late for it to be worth showing.")
    assert service.connections == 0


@pytest.mark.parametrize(
    "broken",
    [
        {"p256dh": ""},
        {"p256dh": "A"},
        {"p256dh": "not a key"},
        {"p256dh": "é"},
        {"p256dh": "B" + "A" * 86},
        {"p256dh": None},
        {"auth": ""},
        {"auth": "c2hvcnQ"},
        {"auth": "A"},
        {"auth": None},
    ],
)
def test_unusable_keys_are_refused(
    sender: Sender, service: PushService, phone: Phone, broken: dict[str, str]
) -> None:
    good = message_to(phone)
    bad = replace(good, subscription=replace(good.subscription, **broken))
    assert sender.send_all([bad]) == [PushRefused("The keys of this device are not usable.")]
    assert service.connections == 0


def test_the_signature_of_another_key_is_refused_with_words(
    sender: Sender, service: PushService
) -> None:
    stranger = service.subscribe("B" + "A" * 86)
    [result] = sender.send_all([message_to(stranger)])
    assert isinstance(result, PushRefused)
    assert "did not accept our key or contact (403: The key is not" in result.why


def test_one_poison_message_stops_none_of_the_others(
    sender: Sender, service: PushService, caplog: pytest.LogCaptureFixture
) -> None:
    phones = [service.subscribe(SERVER_KEY) for _ in range(50)]
    messages = [message_to(phone, f"note {i}") for i, phone in enumerate(phones)]
    messages[7] = replace(messages[7], payload=5)  # type: ignore[arg-type]  # the poison
    phones[9].answer = Answer(410)
    phones[11].answer = Answer(cut=True)
    results = sender.send_all(messages)
    assert results[7] == Retry(3600.0, "Something we did not foresee went wrong.")
    assert "nobody foresaw" in caplog.text
    assert results[9] == Gone()
    assert isinstance(results[11], Retry)
    others = [i for i in range(50) if i not in {7, 9, 11}]
    assert [results[i] for i in others] == [Delivered()] * 47
    assert [phones[i].received[0].text for i in others] == [f"note {i}" for i in others]


def test_no_more_than_the_agreed_number_at_once(service: PushService) -> None:
    few = Sender(KEY, CONTACT, true_time, allowed_hosts={"127.0.0.1"}, concurrency=3)
    messages = [message_to(service.subscribe(SERVER_KEY)) for _ in range(30)]
    assert few.send_all(messages) == [Delivered()] * 30
    assert 1 <= service.connections <= 3


@pytest.mark.slow
def test_a_silent_service_does_not_use_up_the_time_of_the_next(service: PushService) -> None:
    single = Sender(KEY, CONTACT, true_time, allowed_hosts={"127.0.0.1"}, timeout=5, concurrency=1)
    silent, next_one = service.subscribe(SERVER_KEY), service.subscribe(SERVER_KEY)
    silent.answer = Answer(hang=True)
    results = single.send_all([message_to(silent), message_to(next_one)])
    assert [type(result) for result in results] == [Retry, Delivered]


def test_nothing_to_send_is_nothing(sender: Sender) -> None:
    assert sender.send_all([]) == []


def test_a_signature_is_used_again_until_it_nears_its_end(service: PushService) -> None:
    clock = [true_time()]
    sender = Sender(KEY, CONTACT, lambda: clock[0], allowed_hosts={"127.0.0.1"})
    phone = service.subscribe(SERVER_KEY)

    def token() -> str:
        sender.send_all([message_to(phone)])
        found = TOKEN.search(phone.received[-1].headers["authorization"])
        assert found
        return found[1]

    first = token()
    clock[0] += timedelta(hours=10, minutes=59)
    assert token() == first
    clock[0] += timedelta(minutes=1)
    assert token() != first


def test_each_service_gets_a_signature_of_its_own(
    sender: Sender, service: PushService, phone: Phone
) -> None:
    with PushService() as other:
        second = other.subscribe(SERVER_KEY)
        assert sender.send_all([message_to(phone), message_to(second)]) == [Delivered()] * 2
        assert second.received[0].claims["aud"] == other.origin
    assert phone.received[0].claims["aud"] == service.origin
