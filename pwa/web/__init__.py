"""What a browser asks for: parse, load or 404, call one thing, answer."""

from flask import Flask

from pwa.web import (
    admin,
    as_seen,
    assets,
    bookings,
    cadences,
    causes,
    client_words,
    clients,
    contacts,
    covers,
    devices,
    errors,
    imports,
    intensifications,
    interactions,
    labels,
    library,
    me,
    needs,
    numbers,
    openings,
    preferences,
    promise_words,
    promises,
    recaps,
    recoveries,
    requests,
    security,
    sessions,
    shell,
    standings,
    suggestions,
    team,
    teams,
    today,
    voice_notes,
    words,
    writing,
)
from pwa.web.extensions import compress, htmx
from pwa.web.guards import RowConverter
from pwa.web.once import new_key


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
