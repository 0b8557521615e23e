"""Whatever the bytes, a list is read or refused with a sentence; nothing else comes out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pwa.intake import IntakeError
from tests.intake.reading import opened

HEADER = b"company,phone,email,country,cadence,latitude,longitude,website,timezone,note\n"
PIECES = st.sampled_from(
    [
        *(b'"', b",", b";", b"\n", b"\r", b"\r\n", b"\t", b"=", b"\\", b"%", b"x" * 300),
        *(b"\xff", b"\xc3", b"\xc3\xa9", b"\xe2\x80\x8b", b"Acme", b"+61381749123", b"a@b.example"),
        *(b"BEGIN:VCARD\n", b"END:VCARD\n", b"TEL;TYPE=CELL:", b"N:", b"FN;QUOTED-PRINTABLE:"),
    ]
)


@pytest.mark.parametrize("start", [b"", HEADER, b"BEGIN:VCARD\n"])
@given(parts=st.lists(PIECES | st.binary(max_size=6), max_size=40))
def test_any_bytes(start: bytes, parts: list[bytes]) -> None:
    content = start + b"".join(parts)
    try:
        clients = opened(content)
    except IntakeError:
        return
    for row, problems in clients.rows():
        assert row or problems
        assert all(str(each.problem) for each in problems)
