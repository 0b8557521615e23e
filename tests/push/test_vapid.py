"""Who push services may write to."""

import pytest

from pwa.push.vapid import subject


@pytest.mark.parametrize(
    ("contact", "claim"),
    [
        ("ops@example.com", "mailto:ops@example.com"),
        ("mailto:ops@example.com", "mailto:ops@example.com"),
        (" https://example.com/contact ", "https://example.com/contact"),
    ],
)
def test_a_contact_becomes_a_subject(contact: str, claim: str) -> None:
    assert subject(contact) == claim


@pytest.mark.parametrize(
    "contact",
    ["", "ops", "@example.com", "ops@", "mailto:", "http://example.com", "https://", "a b@c"],
)
def test_anything_else_is_refused(contact: str) -> None:
    with pytest.raises(ValueError, match="contact"):
        subject(contact)
