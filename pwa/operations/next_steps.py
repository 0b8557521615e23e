"""Writes down what the day's list looks for, whenever something that moves it was written."""

from collections.abc import Iterable
from datetime import datetime


def settle(client_ids: Iterable[int], now: datetime) -> None:
    """Store anew when each client is due, owed something, or still unasked. Call it last in a unit."""
