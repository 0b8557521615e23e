"""The rules R1-R25 as pure functions of facts and the current moment.

Standard library only; no clock, no database. Moments are aware UTC datetimes, zones are
``zoneinfo.ZoneInfo``, weekdays are numbers as ``date.weekday()`` gives them (0 is Monday).
"""
