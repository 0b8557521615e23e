"""What is read of a contact gets to where it belongs."""

import pytest

from pwa.operations.client_state import loader


def test_columns_that_are_not_what_a_contact_takes_are_refused(monkeypatch):
    monkeypatch.setattr(loader, "_contact", lambda contact_id, client_id, phone, name: None)
    with pytest.raises(ValueError, match=r"takes .*'phone', 'name'"):
        loader._contacts.__wrapped__(False)
