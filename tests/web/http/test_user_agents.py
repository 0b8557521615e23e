import pytest
from flask import Flask

from pwa.web.http.user_agents import in_words

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (f"Mozilla/5.0 (Linux; Android 10; K) {CHROME} Mobile Safari/537.36", "Chrome on Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15"
            " Version/26.0 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15"
            " CriOS/150.0 Mobile/15E148 Safari/604.1",
            "Chrome on iPhone",
        ),
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36 Edg/150.0",
            "Edge on Windows",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15) Gecko Firefox/150.0", "Firefox on Mac"),
        (
            f"Mozilla/5.0 (Linux; Android 10; K) SamsungBrowser/28.0 {CHROME} Safari/537.36",
            "Samsung Internet on Android",
        ),
        ("curl/8.14", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_browser_is_called_what_people_call_it(app: Flask, user_agent: str, words: str) -> None:
    with app.test_request_context():
        assert in_words(user_agent) == words
