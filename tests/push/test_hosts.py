"""Which addresses a push may go to."""

import pytest

from pwa.push.hosts import EndpointError, permitted, service_of

KNOWN = [
    "https://fcm.googleapis.com/fcm/send/abc:def%2B_-",
    "https://FCM.googleapis.com/fcm/send/abc",
    "https://jmt17.google.com/fcm/send/abc",
    "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
    "https://wns2-par02p.notify.windows.com/w/?token=BQY%3d%2b%3d",
    "https://web.push.apple.com/QOx",
]

# Whatever a page could name instead: each is an address that a careless reader would take.
HOSTILE = {
    "nothing": "",
    "no address": "nonsense",
    "no host": "https:///path",
    "no scheme": "//fcm.googleapis.com/x",
    "no slashes": "https:fcm.googleapis.com/x",
    "plain http": "http://fcm.googleapis.com/fcm/send/abc",
    "ftp": "ftp://fcm.googleapis.com/x",
    "a socket": "wss://fcm.googleapis.com/x",
    "a file": "file:///etc/passwd",
    "data": "data:text/plain,x",
    "a script": "javascript:fetch('//evil.example')",
    "gopher": "gopher://127.0.0.1:6379/_FLUSHALL",
    "another port": "https://fcm.googleapis.com:8443/x",
    "the port of http": "https://fcm.googleapis.com:80/x",
    "port nought": "https://fcm.googleapis.com:0/x",
    "a port too great": "https://fcm.googleapis.com:99999/x",
    "a port in words": "https://fcm.googleapis.com:https/x",
    "a name": "https://me@fcm.googleapis.com/x",
    "a password": "https://me:secret@web.push.apple.com/x",
    "the service as a name": "https://fcm.googleapis.com@evil.example/x",
    "the service and its port as a name": "https://fcm.googleapis.com:443@evil.example/x",
    "a backslash before the host": "https://fcm.googleapis.com\\@evil.example/x",
    "the service in the fragment": "https://evil.example#@fcm.googleapis.com/x",
    "the service in the query": "https://evil.example/?x=.push.apple.com",
    "the service in the path": "https://evil.example/.push.apple.com",
    "the service as a part": "https://fcm.googleapis.com.evil.example/x",
    "the domain as a part": "https://push.apple.com.evil.example/x",
    "the domain without its dot": "https://evilpush.services.mozilla.com/x",
    "the domain with letters before": "https://xnotify.windows.com/x",
    "the domain with letters after": "https://web.push.apple.community/x",
    "the domain itself": "https://push.apple.com/x",
    "nothing before the domain": "https://.push.apple.com/x",
    "nothing within the domain": "https://a..push.apple.com/x",
    "another host of the domain": "https://mail.google.com/x",
    "a dot after it": "https://fcm.googleapis.com./x",
    "a dot in code": "https://fcm.googleapis.com%2eevil.example/x",
    "a letter in code": "https://%66cm.googleapis.com/x",
    "an end in code": "https://evil.example%00.push.apple.com/x",
    "a semicolon": "https://evil.example;.push.apple.com/x",
    "letters of another alphabet": "https://fcm.g\u043e\u043egleapis.com/x",
    "the same as ASCII": "https://fcm.xn--ggleapis-63fa.com/x",
    "a full stop of another alphabet": "https://evil\u3002push.apple.com/x",
    "a new line": "https://fcm.googleapis.com/x\r\nHost: evil.example",
    "a tab": "https://fcm.googleapis.com\t/x",
    "a blank before it": " https://fcm.googleapis.com/x",
    "a line separator": "https://fcm.googleapis.com/\u2028",
    "an end": "https://fcm.googleapis.com/\x00",
    "this machine": "https://127.0.0.1/x",
    "this machine by http": "http://127.0.0.1:8000/admin",
    "this machine by name": "https://localhost/x",
    "this machine, short": "https://127.1/x",
    "this machine as a number": "https://2130706433/x",
    "this machine in hex": "https://0x7f000001/x",
    "this machine in octal": "https://0177.0.0.1/x",
    "any address of it": "https://0.0.0.0/x",
    "this machine, version 6": "https://[::1]/x",
    "this machine, mapped": "https://[::ffff:127.0.0.1]/x",
    "the cloud's own": "http://169.254.169.254/latest/meta-data",
    "a private network": "https://10.0.0.1/x",
    "a broken bracket": "https://[::1/x",
    "too long": "https://fcm.googleapis.com/" + "x" * 1000,
}


@pytest.mark.parametrize("endpoint", KNOWN)
def test_known_push_services_are_reached_at_the_address_given(endpoint: str) -> None:
    assert str(permitted(endpoint)) == endpoint


@pytest.mark.parametrize("endpoint", HOSTILE.values(), ids=HOSTILE.keys())
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


@pytest.mark.parametrize("host", ["a" * 64, ".".join(["a" * 60] * 5)])
def test_no_name_of_a_host_is_that_long(host):
    endpoint = f"https://{host}.push.apple.com/x"
    with pytest.raises(EndpointError, match="not a web address"):
        permitted(endpoint)
    assert service_of(endpoint) == ""
