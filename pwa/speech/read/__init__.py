"""What a spoken note says: suggestions, each to be confirmed by a tap.

Pure: text and a moment in, suggestions out. Standard library only. How it reads is told in
docs/decisions/012-reading.md.
"""

from pwa.speech.read.reading import read
from pwa.speech.read.same import alike
from pwa.speech.read.suggestion import Kind, Suggestion

__all__ = ["Kind", "Suggestion", "alike", "read"]
