"""The WSGI application that a web server loads: `pwa.wsgi:app`."""

from config import ConfigError
from pwa import create_app

app = create_app()
if app.config["ROUNDS"].development:
    raise ConfigError("ROUNDS_ENV=development is for `make dev`; take it away to serve people.")
if not app.config["SECRET_KEY"]:
    raise ConfigError("There is no secret yet: run `flask --app pwa init` first.")
