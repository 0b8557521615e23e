"""Import and export of a whole book as one JSON file: "The book, version 1".

`load` reads a book into the database, `export` writes one; the round trip is lossless, except for
passwords and keys. Rows are matched by ref (users by e-mail, teams by name), so loading is
idempotent, and an edited book changes only the edited values. A field that is left out stays as
stored; a new row gets its default. `null` empties a field. Nothing is deleted, but for two lists
that are values of their row: `away` of a client and `moved` of a promise are replaced as a whole.

Lists without refs are matched by key: preferences by `asked_on`, needs by `words`, cadences by
`since`, agreements by `on` and `stage`, postponements by `at`, intensifications by `stage` and
`reason`, covers by `user`, `by` and `from`. An entry without a `ref` gets a hash of its identifying
fields.

Besides the fields that the format began with:

- team: `country`, `region`; user: `digest_at`, `quiet_from`, `quiet_to`, `deactivated`,
  `evening_at`, `notice_days` and `muted_kinds` (lists), `call_lead_minutes`, `visit_lead_minutes`,
  `full_names`, `map_app`
- client: `state`, `postcode`, `website`, `new_since`; `cadences` (earlier ones, with `ended`) and
  `intensifications` (likewise); `intensified` has `since` where it began after the cadence
- contact: `title` and `suffix`, kept apart from the name; `phones` (`{"label", "number",
  "extension"}`, a label is mobile, work, home, main or other), replaced as a whole: `phone` stays
  the one to dial; or `phone_other` where there is only a second number; `needs` are
  `{"words", "date"}`; preference: `how_often`, `about`, `by`, `text_by` (sms or whatsapp)
- interaction: `received` (when it reached us, where that was later), `supersedes` (the ref that it
  corrects); request: `contact`, `closed`; promise, cadence, agreement, postponement: `by`
- booking: `settled` (`happened`, `moved`, `cancelled`, `missed`; older books have the moment),
  `settled_at`, `cancelled`, `made`, `link`, `place`, `uid` and `sequence` of its invitation
- contact: `archived` (the moment they left), `wrong_numbers` (`{"number", "at", "settled"}`,
  matched by `at`); interaction: `contacts` (refs of everyone who took part)
- recovery: `live` is null when we talked, but not about that
- interaction: `mood`, `latitude` and `longitude`, `recap_of` and `recovery` (refs), `lesson`
  (`{"topic", "line", "by", "marked", "shared", "declined"}`)
- recovery: `know_by`, `call_anyway`, `by`, `escalated`, `again_of` (ref), `prevention` (ref of a
  promise); promise: `owner`; a move has `on`; contact: `new_since`; a need has `kind`; preference:
  `only_when_needed`, `compromise.channel`
- client: `handovers` (`{"at", "from", "to", "reason", "by"}`) and `overrides` of "Call first"
  (`{"at", "contact", "by", "something_else", "reason"}`), both matched by `at`
- team: `causes` (replaced as a whole), `openings` (`{situation: [lines]}`); `numbers` at the top
- `agreements`: `{"contact", "on", "stage", "answer": agreed|not_yet|asked, "words"}`
- `postponements`: `until` is a day or a moment
- `covers` at the top: `{"user", "by", "from", "to", "reason"}`; also read inside a user

Left out, `live` of a recovery and `settled` of a booking follow from the conversations (R15, R22),
`archived` and `wrong_numbers` of a contact from the outcomes `left` and `wrong_number`,
`outcome` from the kind, `stage` from the tier; a cadence without `since` begins with the first
conversation, or where the owner's diary has room (R12). Moments without an offset are in the
owner's zone, and are exported in it. Phone numbers become E.164; an invalid one is kept as written.
Audio of voice notes is not in a book but in the backup.
"""

from pwa.operations.book_files.export import export
from pwa.operations.book_files.load import LoadResult, load
from pwa.operations.book_files.problems import BadBook

__all__ = ["BadBook", "LoadResult", "export", "load"]
