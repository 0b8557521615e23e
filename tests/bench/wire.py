"""What a first visit of `/today` carries over the wire, compressed as a browser asks for it."""

import re

from flask.testing import FlaskClient

from tests.bench.measure import line

BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd"}
ASKED_FOR = re.compile(r'(?:src|href)="(/static/[^"]+\.(?:js|svg)|/manifest\.webmanifest)"')


def run(client: FlaskClient) -> None:
    """Print the rows of the table that are about sizes. The client is signed in."""
    page = client.get("/today", headers=BROWSER)
    line("HTML with its CSS, compressed", _kilobytes(len(page.data)), "at most 14 kB")
    text = client.get("/today").text
    names = sorted(set(ASKED_FOR.findall(text)) | _behaviours(text))
    sizes = [len(client.get(name, headers=BROWSER).data) for name in names]
    found = f"{_kilobytes(len(page.data) + sum(sizes))} in {1 + len(names)} requests"
    line("a first visit of /today", found, "at most 35 kB in 6")


def _behaviours(text: str) -> set[str]:
    base = re.search(r'src="(/static/[^"]+/js)/main\.js"', text)
    named = {
        name for found in re.findall(r'data-behaviour="([^"]+)"', text) for name in found.split()
    }
    return {f"{base[1]}/behaviours/{name}.js" for name in named} if base else set()


def _kilobytes(size: int) -> str:
    return f"{size / 1000:.1f} kB"
