"""The situations of a conversation."""

from enum import StrEnum


class Situation(StrEnum):
    """The situation of a conversation, each with its talking points."""

    APOLOGY = "apology"
    SECOND_TIME = "second_time"
    LATE_PROMISE = "late_promise"
    FIRST_CALL = "first_call"
    NEW_CONTACT = "new_contact"
    HANDOVER = "handover"
    ASK_PREFERENCE = "ask_preference"
    SLOWER = "slower"
    DIFFICULT = "difficult"
    UNHEARD = "unheard"
    NOTHING_NEW = "nothing_new"
