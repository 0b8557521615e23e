"""Moves conversations into preferred hours, so that the demo's managers comply with them."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pwa.demo.days import OSLO, Today

_EARLIEST = timedelta(hours=7)  # no interaction of the demo is earlier, in Oslo time


def move_into_contact_hours(client: dict[str, Any], today: Today) -> None:
    """Move past interactions into the first contact's preferred hours, in the same order."""
    first = client["contacts"][0]
    preference = first.get("preference") or {}
    if not preference.get("from"):
        return
    zone, opens = ZoneInfo(client["timezone"]), time.fromisoformat(preference["from"])
    for entry in client["interactions"]:
        at = datetime.fromisoformat(entry["at"]).astimezone(OSLO)
        if entry["contact"] == first["ref"] and at.date() < today.worked:
            since_earliest = timedelta(hours=at.hour, minutes=at.minute) - _EARLIEST
            start = datetime.combine(at.astimezone(zone).date(), opens, zone)
            minutes = max(0, round(since_earliest.total_seconds() / 60) // 4)
            entry["at"] = (start + timedelta(minutes=minutes)).isoformat()
