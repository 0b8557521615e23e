"""One module for each aggregate; importing the package registers every table."""

from pwa.models.audit import Audit, Heartbeat, Receipt
from pwa.models.base import Base
from pwa.models.booking import Booking
from pwa.models.cadence import Agreement, Answer, Cadence, Intensification, Postponement
from pwa.models.client import Away, Client, Contact, Need, WrongNumber
from pwa.models.cover import Cover
from pwa.models.device import Device
from pwa.models.handover import Handover
from pwa.models.import_run import ImportRun, ImportState
from pwa.models.interaction import (
    Interaction,
    InteractionContact,
    Lesson,
    Transcript,
    VoiceNote,
    covered,
)
from pwa.models.notice import Delivery, Notice, PushService
from pwa.models.numbers import Number, Opening
from pwa.models.phone import Phone
from pwa.models.preference import Preference
from pwa.models.promise import Promise, PromiseMove
from pwa.models.recovery import Cause, Recovery, WritingOverride
from pwa.models.request import ServiceRequest
from pwa.models.suggestion import Suggestion
from pwa.models.team import Team
from pwa.models.user import OneTimeLink, Role, SignIn, SignInTry, User

__all__ = [
    "Agreement",
    "Answer",
    "Audit",
    "Away",
    "Base",
    "Booking",
    "Cadence",
    "Cause",
    "Client",
    "Contact",
    "Cover",
    "Delivery",
    "Device",
    "Handover",
    "Heartbeat",
    "ImportRun",
    "ImportState",
    "Intensification",
    "Interaction",
    "InteractionContact",
    "Lesson",
    "Need",
    "Notice",
    "Number",
    "OneTimeLink",
    "Opening",
    "Phone",
    "Postponement",
    "Preference",
    "Promise",
    "PromiseMove",
    "PushService",
    "Receipt",
    "Recovery",
    "Role",
    "ServiceRequest",
    "SignIn",
    "SignInTry",
    "Suggestion",
    "Team",
    "Transcript",
    "User",
    "VoiceNote",
    "WritingOverride",
    "WrongNumber",
    "covered",
]
