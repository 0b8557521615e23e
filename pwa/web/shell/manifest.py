"""The web app manifest."""

import hashlib
import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from flask import url_for
from flask_babel import gettext as _

from pwa.web.http.assets import STATIC

PAPER = "#f6f3ee"
CARDS = ["text/vcard", "text/x-vcard", "text/directory", ".vcf"]
PNG_SIZE = slice(16, 24)


def manifest() -> dict[str, object]:
    """The manifest in the reader's language; `id` never changes, as it identifies the app."""
    return {
        "id": "/",
        "name": _("Rounds"),
        "short_name": _("Rounds"),
        "description": _("Who to call or visit today, why, and what to say."),
        "start_url": "/today",
        "scope": "/",
        "display": "standalone",
        "orientation": "portrait",
        "background_color": PAPER,
        "theme_color": PAPER,
        "categories": ["business", "productivity"],
        "icons": [
            _icon("icon-192.png", "any"),
            _icon("icon-512.png", "any"),
            _icon("icon-maskable-512.png", "maskable"),
        ],
        "shortcuts": [
            {"name": _("Today"), "url": "/today", "icons": [_icon("icon-192.png", "any")]},
            {"name": _("Clients"), "url": "/clients", "icons": [_icon("icon-192.png", "any")]},
        ],
        "share_target": {
            "action": url_for("shared_contacts.receive"),
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {"files": [{"name": "card", "accept": CARDS}]},
        },
        "screenshots": list(_screenshots()),
    }


def _icon(name: str, purpose: str) -> dict[str, str]:
    return {**_picture(STATIC / "icons" / name), "purpose": purpose}


def _screenshots() -> Iterator[dict[str, str]]:
    for path in sorted((STATIC / "screenshots").glob("*.png")):
        width, height = _size(path)
        yield {**_picture(path), "form_factor": "wide" if width > height else "narrow"}


def _picture(path: Path) -> dict[str, str]:
    """A picture under an address that changes only with the picture, so no phone installs anew."""
    width, height = _size(path)
    name = path.relative_to(STATIC).as_posix()
    address = url_for("assets.file", version=_version(path), name=name)
    return {"src": address, "sizes": f"{width}x{height}", "type": "image/png"}


@cache
def _version(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


@cache
def _size(path: Path) -> tuple[int, int]:
    width, height = struct.unpack(">II", path.read_bytes()[PNG_SIZE])
    return width, height
