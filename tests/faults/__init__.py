"""Crashes, races and locks in the middle of a write; nothing acknowledged may be lost."""
