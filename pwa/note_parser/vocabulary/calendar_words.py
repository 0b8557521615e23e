"""Names of days, months and numbers, with abbreviations and frequent misrecognitions."""

DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
MONTHS = (
    "january february march april may june july august september october november december".split()
)

DAY_WORDS = {
    "mon": "monday",
    "tue": "tuesday",
    "tues": "tuesday",
    "tuseday": "tuesday",
    "teusday": "tuesday",
    "chewsday": "tuesday",
    "weds": "wednesday",
    "wensday": "wednesday",
    "wednsday": "wednesday",
    "wendsday": "wednesday",
    "wednesay": "wednesday",
    "thu": "thursday",
    "thur": "thursday",
    "thurs": "thursday",
    "thirsday": "thursday",
    "thursdy": "thursday",
    "thurday": "thursday",
    "fri": "friday",
    "firday": "friday",
    "frday": "friday",
    "satuday": "saturday",
}
# Ambiguous abbreviations: days only after "on", "by", "next" and similar words.
AMBIGUOUS_DAYS = {"wed": "wednesday", "sat": "saturday", "sun": "sunday"}
DAY_PREPOSITIONS = frozenset("on by next this coming before until till or last".split())

MONTH_WORDS = {
    "jan": "january",
    "feb": "february",
    "febuary": "february",
    "apr": "april",
    "jun": "june",
    "jul": "july",
    "aug": "august",
    "sept": "september",
    "oct": "october",
    "nov": "november",
    "dec": "december",
}
ABBREVIATIONS = frozenset((*DAY_WORDS, *MONTH_WORDS, *"mr mrs ms dr approx".split()))

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()

CARDINAL = {word: value for value, word in enumerate(UNITS)} | {
    word: 20 + 10 * place for place, word in enumerate(TENS)
}
ORDINAL = {word: value for value, word in enumerate(ORDINALS)} | {"twentieth": 20, "thirtieth": 30}
