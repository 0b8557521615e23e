"""Flask extensions shared by several modules, bound to the application in create_app."""

from flask_babel import Babel
from flask_compress import Compress
from flask_htmx import HTMX
from flask_login import LoginManager

babel = Babel()
compress = Compress()
htmx = HTMX()
login = LoginManager()
