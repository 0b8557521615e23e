"""Reads client lists of other programs: CSV in any dialect, and vCards.

Knows no models, no database and no web: text and bytes in, rows and problems out.
"""

from pwa.intake.clients import ClientList, open_list
from pwa.intake.columns import Column
from pwa.intake.headings import FIELDS
from pwa.intake.messages import (
    ColumnsNeeded,
    EmptyList,
    IntakeError,
    Message,
    NotAList,
    Problem,
    WrongColumns,
)
from pwa.intake.row import Row

__all__ = [
    "FIELDS",
    "ClientList",
    "Column",
    "ColumnsNeeded",
    "EmptyList",
    "IntakeError",
    "Message",
    "NotAList",
    "Problem",
    "Row",
    "WrongColumns",
    "open_list",
]
