"""Words of a transcript, and lines of them to match patterns against."""
