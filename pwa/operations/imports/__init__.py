"""Other people's lists become clients and contacts.

A client is one company at one place (`keys.match_key`) within the owner's team. A contact of a
client is recognised by the e-mail, else by a phone and part of the name, else by the name. What is
known already is never overwritten: an import fills what is empty, and a value that differs is named
as a problem. So a list can be imported again and again (docs/decisions/007-importing-clients.md).
"""

from pwa.operations.imports.batches import dry_run_import, run_import
from pwa.operations.imports.counts import Counts, Progress
from pwa.operations.imports.decisions import (
    ImportDecisions,
    UndecidedImport,
    decide,
    default_region,
)
from pwa.operations.imports.fields import unread_headings

__all__ = [
    "Counts",
    "ImportDecisions",
    "Progress",
    "UndecidedImport",
    "decide",
    "default_region",
    "dry_run_import",
    "run_import",
    "unread_headings",
]
