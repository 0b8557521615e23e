"""What a first visit of `/today` carries over the wire, compressed as a browser asks for it.

Counted is what stands between the tap on the icon and a list that can be used: the page, the
manifest, the modules that the page names and all that those import. What is fetched when the
browser is idle (the worker and what it keeps) has a line of its own.
"""

import re
from posixpath import join, normpath

from flask.testing import FlaskClient

from tests.bench.measure import line

BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd"}
NAMED = re.compile(r'<(?:link|script)[^>]+(?:href|src)="(/[^"]+)"')
NEVER = re.compile(r'<link rel="apple-touch-icon"[^>]+>')  # only where it is put on a home screen
IMPORTED = re.compile(r'^import .*?"(\.[^"]+)";$', re.MULTILINE)
LOADED_BY_NAME = re.compile(r'data-behaviour="([^"]+)"')


def run(client: FlaskClient) -> None:
    """Print the rows of the table that are about sizes. The client is signed in."""
    text = client.get("/today").text
    page = _weigh(client, ["/today"])
    line("HTML with its CSS, compressed", _kilobytes(page), "at most 14 kB")
    modules = _modules(client, text)
    first = page + _weigh(client, modules)
    found = f"{_kilobytes(first)} in {1 + len(modules)} requests"
    line("a first visit of /today until it can be used", found, "at most 35 kB in 6")
    later = _when_idle(client, modules)
    line("and when idle", f"{_kilobytes(_weigh(client, later))} in {len(later)} requests")


def _modules(client: FlaskClient, text: str) -> list[str]:
    """Every file that the page needs: named in its head, by a behaviour, or imported by those."""
    found = dict.fromkeys(NAMED.findall(NEVER.sub("", text)))
    main = next(name for name in found if name.endswith("/js/main.js"))
    own = client.get(main).text
    for name in sorted({one for names in LOADED_BY_NAME.findall(text) for one in names.split()}):
        found.setdefault(normpath(join(main, f"../behaviours/{name}.js")))
    assert "import(" in own, "main.js no longer loads behaviours by name"
    waiting = [name for name in found if name.endswith(".js")]
    while waiting:
        module = waiting.pop()
        for one in IMPORTED.findall(client.get(module).text):
            name = normpath(join(module, "..", one))
            if name not in found:
                found[name] = None
                waiting.append(name)
    return list(found)


def _when_idle(client: FlaskClient, modules: list[str]) -> list[str]:
    kept = [name for name in client.get("/shell-files.json").get_json() if name not in modules]
    return ["/service-worker.js", "/shell-files.json", *kept, "/offline"]


def _weigh(client: FlaskClient, names: list[str]) -> int:
    answers = [client.get(name, headers=BROWSER) for name in names]
    assert all(answer.status_code == 200 for answer in answers), names
    return sum(len(answer.data) for answer in answers)


def _kilobytes(size: int) -> str:
    return f"{size / 1000:.1f} kB"
