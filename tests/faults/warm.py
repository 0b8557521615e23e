"""Imported once by the process that all servers are forked from, so that each starts at once."""

from datetime import date
from pathlib import Path

from pwa.calendars import for_country
from pwa.web.text.country_zones import choices
from tests.faults.serving import make_app

app = make_app("sqlite://", Path("nowhere"))
for name in app.jinja_env.list_templates(extensions=["html"]):
    app.jinja_env.get_template(name)
with app.app_context():
    for_country("NO").is_working_day(date(2027, 1, 1))
    choices()
