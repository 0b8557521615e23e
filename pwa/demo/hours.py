"""Conversations at the hours that people named, so that the demo's managers keep what was asked."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pwa.demo.days import OSLO, Today

_EARLIEST = timedelta(hours=7)  # nothing in the half year happens before, by the clock in Oslo


def move_into_contact_hours(client: dict[str, Any], today: Today) -> None:
    """Move what was said before today into the first contact's hours, in the same order."""
    first = client["contacts"][0]
    wishes = first.get("preference") or {}
    if not wishes.get("from"):
        return
    zone, opens = ZoneInfo(client["timezone"]), time.fromisoformat(wishes["from"])
    for entry in client["interactions"]:
        at = datetime.fromisoformat(entry["at"]).astimezone(OSLO)
        if entry["contact"] == first["ref"] and at.date() < today.worked:
            gone = timedelta(hours=at.hour, minutes=at.minute) - _EARLIEST
            start = datetime.combine(at.astimezone(zone).date(), opens, zone)
            minutes = max(0, round(gone.total_seconds() / 60) // 4)
            entry["at"] = (start + timedelta(minutes=minutes)).isoformat()
