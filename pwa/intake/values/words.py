"""Reads cadence, channel, tier and status from everyday words."""

import re

from pwa.intake.messages import N_, Message
from pwa.intake.text import fold


def _by_word(table: dict[str, str]) -> dict[str, str]:
    return {fold(word): value for value, words in table.items() for word in words.split(",")}


_STAGES = _by_word(
    {
        "daily": "daily,every day,each day,every working day,weekdays,täglich,"
        "quotidien,diario,daglig",
        "twice_weekly": "twice weekly,twice a week,twice per week,semi weekly,zweimal pro woche",
        "weekly": "weekly,every week,each week,once a week,wöchentlich,"
        "hebdomadaire,semanal,ukentlig",
        "fortnightly": "fortnightly,every fortnight,twice a month,every other week,"
        "every second week,semi monthly,twice monthly,14 täglich,zweiwöchentlich,"
        "quincenal,bimensuel,annenhver uke",
        "monthly": "monthly,every month,each month,once a month,monatlich,mensuel,mensual,månedlig",
        "quarterly": "quarterly,every quarter,each quarter,once a quarter,vierteljährlich,"
        "trimestriel,trimestral,kvartalsvis",
    }
)
_DAYS = {
    **{"1": "daily", "3": "twice_weekly", "7": "weekly", "14": "fortnightly"},
    **{"28": "monthly", "30": "monthly", "31": "monthly", "90": "quarterly", "91": "quarterly"},
}
_EVERY = {
    **{("1", "week"): "weekly", ("2", "week"): "fortnightly", ("4", "week"): "monthly"},
    **{("12", "week"): "quarterly", ("13", "week"): "quarterly"},
    **{("1", "month"): "monthly", ("3", "month"): "quarterly"},
}
_TIMES = {
    **{("1", "week"): "weekly", ("2", "week"): "twice_weekly", ("5", "week"): "daily"},
    **{("1", "month"): "monthly", ("2", "month"): "fortnightly"},
    **{("1", "quarter"): "quarterly", ("4", "year"): "quarterly", ("12", "year"): "monthly"},
}
_EVERY_PATTERN = re.compile(r"(?:every|each)? ?(\d+|two|three) (day|week|month)s?")
_TIMES_PATTERN = re.compile(
    r"(\d+|two) ?(?:x|times?)? ?(?:a|per|every|each)? ?(week|month|quarter|year)(?:ly)?"
)
_NUMBERS = {"two": "2", "three": "3"}

_CHANNELS = _by_word(
    {
        "phone": "phone,call,phone call,telephone,mobile,cell,by phone,calls,telefon,"
        "téléphone,teléfono",
        "video": "video,video call,videocall,zoom,teams,microsoft teams,google meet,meet,"
        "skype,webex,videoanruf,visio,video conference",
        "visit": "visit,in person,meeting,face to face,on site,onsite,f2f,"
        "besuch,visite,visita,besøk,personal visit,site visit",
        "email": "email,e mail,mail,by email,courriel,correo,correo electronico,epost,e post",
        "text": "text,sms,text message,whatsapp,signal,message,imessage,texting",
    }
)
_NO_CHANNEL = frozenset({"any", "no preference", "unknown", "not asked", "none"})
_TIERS = _by_word(
    {"A": "a,1,gold,high,key,top", "B": "b,2,silver,medium", "C": "c,3,bronze,low,standard"}
)
_STATUSES = _by_word(
    {
        "active": "active,current,customer,client,open,live,aktiv,actif,activo",
        "paused": "paused,on hold,hold,inactive,dormant,suspended,pausiert,inaktiv,inactif",
        "ended": "ended,closed,former,lost,churned,cancelled,canceled,beendet,ehemalig",
    }
)


def read_cadence(text: str) -> tuple[str | None, Message | None]:
    """The stage (R8) that a rhythm in words means; days are understood as a number too."""
    words = fold(text)
    if words in ("biweekly", "bi weekly"):
        return "fortnightly", Message(
            N_("“%(value)s” can mean two things: we read it as every two weeks"), {"value": text}
        )
    stage = _STAGES.get(words) or _DAYS.get(words) or _counted(words)
    return _known(
        stage,
        text,
        N_(
            "“%(value)s” is not a rhythm we keep. Use daily, twice a week, weekly, fortnightly,"
            " monthly or quarterly"
        ),
    )


def _counted(words: str) -> str | None:
    if match := _EVERY_PATTERN.fullmatch(words):
        count, unit = _NUMBERS.get(match[1], match[1]), match[2]
        return _DAYS.get(count) if unit == "day" else _EVERY.get((count, unit))
    if match := _TIMES_PATTERN.fullmatch(words):
        return _TIMES.get((_NUMBERS.get(match[1], match[1]), match[2]))
    return None


def read_channel(text: str) -> tuple[str | None, Message | None]:
    """phone, video, visit, email or text; words for "no preference" are no value, no problem."""
    words = fold(text)
    if words in _NO_CHANNEL:
        return None, None
    problem = N_("“%(value)s” is not a way we reach people. Use phone, video, visit, email or text")
    return _known(_CHANNELS.get(words), text, problem)


def read_tier(text: str) -> tuple[str | None, Message | None]:
    """A, B or C."""
    words = re.sub(r"\b(tier|class|client|customer|account) ?|(?<=\d)st\b", "", fold(text)).strip()
    return _known(_TIERS.get(words), text, N_("“%(value)s” is not a tier. Use A, B or C"))


def read_status(text: str) -> tuple[str | None, Message | None]:
    """active, paused or ended."""
    problem = N_("“%(value)s” is not a status. Use active, paused or ended")
    return _known(_STATUSES.get(fold(text)), text, problem)


def _known(value: str | None, text: str, problem: str) -> tuple[str | None, Message | None]:
    return value, None if value else Message(problem, {"value": text[:60]})
