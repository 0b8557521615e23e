"""The page that ours is held against: Flask, one indexed query, the same template and rows."""

from typing import Any

import sqlalchemy as sa
from flask import Flask, render_template
from flask_babel import Babel

from pwa.models import Client, User
from pwa.rules.vocabulary.enums import ClientStatus
from pwa.web.http.extensions import login


def bare_app(ours: Flask, user: User, values: dict[str, Any]) -> Flask:
    """An application whose `/bare` reads 24 clients by index and renders `day_list/index.html`."""
    app = Flask("bare", template_folder=ours.template_folder, static_folder=None)
    app.config["ROUNDS"] = ours.config["ROUNDS"]
    app.secret_key = "bare"
    Babel(app)
    login.init_app(app)
    for rule in ours.url_map.iter_rules():
        app.add_url_rule(rule.rule, rule.endpoint, lambda **_: "")
    app.jinja_env.globals.update(
        {k: v for k, v in ours.jinja_env.globals.items() if k not in app.jinja_env.globals}
    )
    app.jinja_env.filters.update(
        {k: v for k, v in ours.jinja_env.filters.items() if k not in app.jinja_env.filters}
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    engine: sa.Engine = ours.extensions["engine"]
    query = (
        sa.select(Client.id, Client.name, Client.next_due)
        .where(Client.owner_id == user.id, Client.status == ClientStatus.ACTIVE)
        .where(Client.next_due <= sa.func.current_date())
        .order_by(Client.next_due)
        .limit(24)
    )

    @app.get("/bare")
    def bare() -> str:
        with engine.connect() as connection:
            connection.execute(query).all()
        return render_template("day_list/index.html", **values, current_user=user)

    return app
