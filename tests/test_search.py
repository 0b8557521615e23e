"""A newcomer who searches for the field's own word finds the file, by its path or first line."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SEARCHED = ("pwa/**/*.py", "config.py", "static/js/**/*.js", "tools/*.py")
DOCUMENTS = ("docs/glossary.md", "docs/architecture.md", "docs/howto/*.md", "CONTRIBUTING.md")
MARKS = '"/*# \n'  # before the first word of a file
ENOUGH = 5  # hits that somebody looks at before giving up
WORDS = {
    "idempotency": "pwa/web/http/idempotency.py",
    "rate limit": "pwa/operations/accounts/rate_limit.py",
    "rate limiting": "pwa/operations/accounts/rate_limit.py",
    "sign-in throttling": "pwa/operations/accounts/rate_limit.py",
    "throttle": "pwa/operations/accounts/rate_limit.py",
    "CSRF": "pwa/web/http/security_headers.py",
    "content security policy": "pwa/web/http/security_headers.py",
    "authorization": "pwa/web/http/authorization.py",
    "validation": "pwa/web/forms/fields.py",
    "password": "pwa/operations/accounts/passwords.py",
    "session": "pwa/operations/accounts/sessions.py",
    "audit": "pwa/operations/common/audit_log.py",
    "retention": "pwa/operations/voice_notes/retention.py",
    "deduplicate": "pwa/note_parser/finders/deduplicate.py",
    "transcribe": "pwa/speech/transcribe.py",
    "machine lock": "pwa/machine_lock.py",
    "redact": "pwa/rules/text/redact_names.py",
    "availability": "pwa/rules/scheduling/availability.py",
    "next due": "pwa/rules/scheduling/cadence.py",
    "due dates": "pwa/operations/client_state/due_dates.py",
    "time zone": "pwa/rules/vocabulary/timezones.py",
    "public holidays": "pwa/calendars.py",
    "quiet hours": "pwa/rules/scheduling/quiet_hours.py",
    "retry": "pwa/rules/scheduling/retry.py",
    "lease": "pwa/operations/notices/claim.py",
    "escalation": "pwa/operations/notices/planning/recoveries.py",
    "digest": "pwa/operations/notices/plan.py",
    "push service": "pwa/push/sender.py",
    "push is sent": "pwa/push/sender.py",
    "spreadsheet": "pwa/operations/imports/runs.py",
    "import of a list": "pwa/operations/imports/runs.py",
    "promise is kept": "pwa/operations/promises/promises.py",
    "promises": "pwa/operations/promises/promises.py",
    "handover": "pwa/operations/clients/lifecycle.py",
    "cover": "pwa/operations/accounts/covers.py",
    "driving order": "pwa/operations/day_list/itinerary.py",
    "dashboard": "pwa/operations/team/dashboard.py",
    "export": "pwa/operations/book_files/export.py",
    "migration": "pwa/migrate.py",
    "service worker": "pwa/web/shell/shell.py",
    "outbox": "static/js/offline/outbox.js",
    "sender": "static/js/offline/sender.js",
    "prefetch": "static/js/behaviours/prefetch.js",
    "bfcache": "static/js/behaviours/bfcache.js",
    "encryption": "static/js/offline/encryption.js",
    "geolocate": "static/js/behaviours/geolocate.js",
}


@cache
def first_lines() -> dict[str, str]:
    """The first line of words of every file, by its path."""
    paths = [path for pattern in SEARCHED for path in sorted(ROOT.glob(pattern))]
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        .lstrip('"/*#\n ')
        .split("\n")[0]
        for path in paths
        if path.name != "__init__.py"
    }


def search(words: str) -> list[str]:
    """The files whose path holds the words, then those whose first line does."""
    wanted = re.compile(r"[ _-]?".join(map(re.escape, words.lower().split())))
    by_path = [path for path in first_lines() if wanted.search(path.lower())]
    by_line = [path for path, line in first_lines().items() if wanted.search(line.lower())]
    return list(dict.fromkeys([*by_path, *by_line]))


@pytest.mark.parametrize("words", WORDS)
def test_a_word_of_the_field_finds_its_file(words):
    assert WORDS[words] in search(words)[:ENOUGH]


def test_every_path_that_the_documents_name_is_there():
    path = re.compile(r"`((?:pwa|static|templates|tests|tools|docs|migrations)/[\w./*-]+)`")
    texts = (document.read_text() for name in DOCUMENTS for document in ROOT.glob(name))
    named = {match for text in texts for match in path.findall(text)}
    assert len(named) > 60
    assert [path for path in sorted(named) if not list(ROOT.glob(path))] == []
