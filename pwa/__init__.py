"""Rounds: who to call or visit today, why, and in what order."""

from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Config
from pwa import cli, db, jobs

ROOT = Path(__file__).parent.parent


def create_app(config: Config | None = None) -> Flask:
    """The application, wired, nothing started. Raises ConfigError on a setting that cannot work."""
    from pwa.web import register

    config = config or Config.from_environment()
    app = Flask(__name__, static_folder=None, template_folder=str(ROOT / "templates"))
    app.config.from_mapping(config.for_flask())
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # as Flask says
    db.init_app(app)
    register.init_app(app)
    jobs.init_app(app)
    cli.init_app(app)
    return app
