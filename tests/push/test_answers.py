"""Retry-After in every form that services use."""

from datetime import UTC, datetime

import pytest

from pwa.push.answers import seconds

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("0", 0.0),
        (" 120 ", 120.0),
        ("Tue, 24 Nov 2026 08:10:00 GMT", 600.0),
        ("Tue, 24 Nov 2026 08:10:00 -0000", 600.0),
        ("Tue, 24 Nov 2026 07:00:00 GMT", 0.0),
        ("9" * 400, 86_400.0),
        ("Tue, 24 Nov 2099 08:10:00 GMT", 86_400.0),
    ],
)
def test_how_long_to_wait(header: str | None, wait: float | None) -> None:
    assert seconds(header, NOW) == wait
