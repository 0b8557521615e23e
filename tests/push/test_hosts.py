"""Which addresses a push may go to."""

import pytest

from pwa.push.hosts import EndpointError, permitted

KNOWN = [
    "https://fcm.googleapis.com/fcm/send/abc:def%2B_-",
    "https://FCM.googleapis.com/fcm/send/abc",
    "https://jmt17.google.com/fcm/send/abc",
    "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
    "https://wns2-par02p.notify.windows.com/w/?token=BQY%3d%2b%3d",
    "https://web.push.apple.com/QOx",
]

UNKNOWN = [
    "",
    "nonsense",
    "https:///path",
    "http://fcm.googleapis.com/fcm/send/abc",
    "ftp://fcm.googleapis.com/x",
    "https://fcm.googleapis.com:8443/x",
    "https://me@fcm.googleapis.com/x",
    "https://fcm.googleapis.com@evil.example/x",
    "https://fcm.googleapis.com\\@evil.example/x",
    "https://evil.example#@fcm.googleapis.com/x",
    "https://evil.example/?x=.push.apple.com",
    "https://fcm.googleapis.com.evil.example/x",
    "https://evilpush.services.mozilla.com/x",
    "https://push.apple.com.evil.example/x",
    "https://xnotify.windows.com/x",
    "https://fcm.googleapis.com/x\r\nHost: evil.example",
    "https://fcm.googleapis.com/\u2028",
    "https://fcm.googleapis.com:99999/x",
    "https://127.0.0.1/x",
    "http://127.0.0.1:8000/admin",
    "http://169.254.169.254/latest/meta-data",
    "https://[::1]/x",
    "https://localhost/x",
    "https://fcm.googleapis.com/" + "x" * 3000,
]


@pytest.mark.parametrize("endpoint", KNOWN)
def test_known_push_services_are_reached_at_the_address_given(endpoint: str) -> None:
    assert str(permitted(endpoint)) == endpoint


@pytest.mark.parametrize("endpoint", UNKNOWN)
def test_everything_else_is_not(endpoint: str) -> None:
    with pytest.raises(EndpointError, match=r"^The push address .*\.$"):
        permitted(endpoint)


def test_plain_http_is_for_this_machine_only() -> None:
    extra = {"127.0.0.1", "push.internal.example"}
    assert permitted("http://127.0.0.1:4000/x", extra).port == 4000
    assert permitted("https://push.internal.example:4000/x", extra).port == 4000
    with pytest.raises(EndpointError):
        permitted("http://push.internal.example/x", extra)
    with pytest.raises(EndpointError):
        permitted("http://me:secret@127.0.0.1/x", extra)
