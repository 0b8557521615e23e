"""Registers every helper and blueprint with the application.

Not in the package itself: an imported module would stand in the place of the folder of its name.
"""

from flask import Flask

from pwa.web.account import attempts, devices, map_app, notices, presence, profile, sessions
from pwa.web.admin import causes, imports, people, rule_settings, teams
from pwa.web.calls import (
    confirm_sheet,
    interactions,
    recaps,
    suggestions,
    updates,
    voice_notes,
    writing_guard,
)
from pwa.web.clients import (
    bookings,
    cadences,
    clients,
    contacts,
    departures,
    intensifications,
    lifecycle,
    needs,
    preferences,
    service_requests,
    shared_contacts,
    wrong_numbers,
)
from pwa.web.day_list import agenda, postponements, promises, recoveries, talking_points, today
from pwa.web.http import assets, development, errors, security_headers
from pwa.web.http.authorization import RowConverter
from pwa.web.http.extensions import compress, htmx
from pwa.web.http.idempotency import new_key
from pwa.web.shell import shell
from pwa.web.team import covers, dashboard, library
from pwa.web.text import (
    client_perspective_text,
    client_text,
    datetime_filters,
    labels,
    map_text,
    phone_text,
    promise_text,
)


def init_app(app: Flask) -> None:
    """Every helper and blueprint, in the order in which a request meets them."""
    app.url_map.converters["int"] = RowConverter
    datetime_filters.init_app(app)
    labels.init_app(app)
    client_text.init_app(app)
    phone_text.init_app(app)
    map_text.init_app(app)
    client_perspective_text.init_app(app)
    promise_text.init_app(app)
    security_headers.init_app(app)
    assets.init_app(app)
    compress.init_app(app)
    if app.config["ROUNDS"].development:
        development.init_app(app)
    htmx.init_app(app)
    errors.init_app(app)
    sessions.init_app(app)
    app.jinja_env.globals.update(new_key=new_key)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for module in (
        shell,
        today,
        postponements,
        agenda,
        talking_points,
        interactions,
        voice_notes,
        suggestions,
        confirm_sheet,
        dashboard,
        covers,
        library,
        clients,
        contacts,
        shared_contacts,
        departures,
        wrong_numbers,
        needs,
        preferences,
        cadences,
        intensifications,
        lifecycle,
        service_requests,
        promises,
        recaps,
        updates,
        recoveries,
        causes,
        writing_guard,
        bookings,
        people,
        teams,
        rule_settings,
        profile,
        map_app,
        devices,
        notices,
        presence,
        attempts,
        imports,
    ):
        app.register_blueprint(module.bp)
