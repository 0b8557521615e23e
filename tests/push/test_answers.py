"""What every status means, and Retry-After in every form that services use."""

from datetime import UTC, datetime

import pytest

from pwa.push.answers import read, seconds
from pwa.push.results import Delivered, Gone, PushRefused, Retry

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


# What each status comes to; every one that stands in no row is looked up by its hundred.
BY_STATUS = {404: Gone, 410: Gone, 406: Retry, 408: Retry, 429: Retry}
BY_HUNDRED = {2: Delivered, 3: PushRefused, 4: PushRefused, 5: Retry}


@pytest.mark.parametrize("status", range(200, 600))
def test_every_status_has_its_result_and_says_why(status: int) -> None:
    result = read(status, None, "", NOW)
    assert type(result) is BY_STATUS.get(status, BY_HUNDRED[status // 100])
    assert result.why.endswith(".")
    assert isinstance(result, Delivered | Gone) or str(status) in result.why


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_never_ends_a_device(status: int) -> None:
    result = read(status, "60", "BadJwtToken", NOW)
    assert result == PushRefused(
        f"The push service did not accept our key or contact ({status}: BadJwtToken)."
    )


@pytest.mark.parametrize("status", [406, 408, 429, 500, 502, 503, 504, 507])
def test_whoever_asks_for_time_gets_it(status: int) -> None:
    result = read(status, "60", "", NOW)
    assert isinstance(result, Retry)
    assert result.after == 60.0
