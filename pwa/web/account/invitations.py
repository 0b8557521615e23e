"""One-time links for a first or new password: shown once, and mailed where mail is set up."""

from flask import current_app, flash, session, url_for
from flask_babel import gettext as _

from pwa import mail
from pwa.db import after_commit
from pwa.models import User

SHOWN_ONCE = "fresh_link"


def give(user: User, token: str) -> None:
    """Keep the link for the next page, and mail it after the commit."""
    link = current_app.config["ROUNDS"].base_url + url_for("sessions.link", token=token)
    # In the administrator's own signed cookie: the database keeps no token that works.
    session[SHOWN_ONCE] = {"user": user.id, "link": link}
    if current_app.config["ROUNDS"].smtp_url:
        after_commit(lambda: _mail(user, link))


def take(user: User) -> str | None:
    """The link made for the user just now; None the second time."""
    fresh = session.get(SHOWN_ONCE)
    if not fresh or fresh["user"] != user.id:
        return None
    session.pop(SHOWN_ONCE)
    return str(fresh["link"])


def _mail(user: User, link: str) -> None:
    config = current_app.config["ROUNDS"]
    text = _(
        "Hello %(name)s,\n\nchoose your password for Rounds here:\n%(link)s\n\n"
        "The link works once, within a week.\n",
        name=user.first_name,
        link=link,
    )
    try:
        mail.send(config.smtp_url, config.smtp_from, user.email, _("Your way into Rounds"), text)
    except mail.Unsent as problem:
        current_app.logger.warning("no mail to person %s: %s", user.id, problem)
        name = user.first_name
        flash(_("The mail could not be sent. Give %(name)s the link yourself.", name=name))
    else:
        flash(_("The link is on its way to %(email)s too.", email=user.email))
