"""Enums, calendars, time zones and the settings that every rule shares."""
