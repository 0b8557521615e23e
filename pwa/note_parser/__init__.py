"""Parses spoken and typed notes into suggestions, each to be confirmed by a tap.

Pure: text and a moment in, suggestions out. Standard library only. How it reads is told in
docs/decisions/012-reading.md.
"""

from pwa.note_parser.dates.stated_time import stated_time
from pwa.note_parser.finders.deduplicate import alike
from pwa.note_parser.finders.read_note import read
from pwa.note_parser.vocabulary.suggestion import Kind, Suggestion

__all__ = ["Kind", "Suggestion", "alike", "read", "stated_time"]
