"""What a browser asks for: parse, load or 404, call one thing, answer."""

from flask import Flask

from pwa.web.account import devices, me, sessions
from pwa.web.admin import admin, causes, imports, numbers, teams
from pwa.web.calls import interactions, recaps, suggestions, voice_notes, writing
from pwa.web.clients import (
    bookings,
    cadences,
    clients,
    contacts,
    intensifications,
    needs,
    preferences,
    requests,
    standings,
)
from pwa.web.day_list import openings, promises, recoveries, today
from pwa.web.http import assets, errors, security
from pwa.web.http.extensions import compress, htmx
from pwa.web.http.guards import RowConverter
from pwa.web.http.once import new_key
from pwa.web.shell import shell
from pwa.web.team import covers, library, team
from pwa.web.text import as_seen, client_words, labels, promise_words, words


def init_app(app: Flask) -> None:
    """Every helper and blueprint, in the order in which a request meets them."""
    app.url_map.converters["int"] = RowConverter
    words.init_app(app)
    labels.init_app(app)
    client_words.init_app(app)
    as_seen.init_app(app)
    promise_words.init_app(app)
    security.init_app(app)
    assets.init_app(app)
    compress.init_app(app)
    htmx.init_app(app)
    errors.init_app(app)
    sessions.init_app(app)
    app.jinja_env.globals.update(new_key=new_key)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for module in (
        shell,
        today,
        openings,
        interactions,
        voice_notes,
        suggestions,
        team,
        covers,
        library,
        clients,
        contacts,
        needs,
        preferences,
        cadences,
        intensifications,
        standings,
        requests,
        promises,
        recaps,
        recoveries,
        causes,
        writing,
        bookings,
        admin,
        teams,
        numbers,
        me,
        devices,
        imports,
    ):
        app.register_blueprint(module.bp)
