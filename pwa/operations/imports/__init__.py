"""Imports client lists of other programs as clients and contacts.

A client is a company in a town (`matching_key.match_key`) within the owner's team. A contact of a
client is matched by the e-mail, else by a phone and part of the name, else by the name. Stored
values are never overwritten: an import fills empty ones, and a value that differs is reported as a
problem. So importing a list is idempotent (docs/decisions/007-importing-clients.md).
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
