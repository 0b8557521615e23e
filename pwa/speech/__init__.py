"""Hearing: from any phone's audio to lines of text, each with its place in the audio."""
