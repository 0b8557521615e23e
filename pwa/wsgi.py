"""What a web server loads: `pwa.wsgi:app`."""

from pwa import create_app
from pwa.config import ConfigError

app = create_app()
if not app.config["SECRET_KEY"]:
    raise ConfigError("There is no secret yet: run `flask --app pwa init` first.")
