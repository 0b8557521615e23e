"""Transcribes voice notes and suggests facts read from notes; only accepted ones are stored.

Also decides how long recordings, transcripts and suggestions are kept.
"""
