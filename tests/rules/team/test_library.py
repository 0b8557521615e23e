"""Who shares a conversation worth learning from, and who hears the note about it (R23)."""

import pytest

from pwa.rules.team.library import is_shared_at_once, may_hear

CHARLIE, PETRA = 1, 2


@pytest.mark.parametrize(("marked_by", "shared"), [(CHARLIE, True), (PETRA, False)])
def test_only_whose_conversation_it_was_shares_it(marked_by, shared):
    assert is_shared_at_once(CHARLIE, marked_by) is shared


@pytest.mark.parametrize(
    ("listener", "shared", "same_team", "hears"),
    [
        (CHARLIE, False, True, True),
        (PETRA, False, True, False),
        (PETRA, True, True, True),
        (PETRA, True, False, False),
    ],
)
def test_a_note_is_its_owners_until_they_share_it(listener, shared, same_team, hears):
    assert may_hear(CHARLIE, listener, shared=shared, same_team=same_team) is hears
