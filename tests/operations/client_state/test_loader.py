"""What is read of a contact gets to where it belongs."""

import pytest

from pwa.operations.client_state import client_rows


def test_columns_that_are_not_what_a_contact_takes_are_refused(monkeypatch):
    monkeypatch.setattr(client_rows, "contact_of", lambda contact_id, client_id, phone, name: None)
    with pytest.raises(ValueError, match=r"takes .*'phone', 'name'"):
        client_rows.contacts_query.__wrapped__(False)
