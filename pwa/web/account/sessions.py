"""Sessions: sign-in, sign-out, and a new password by a one-time link."""

from flask import Blueprint, Flask, flash, g, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required, login_user, logout_user
from werkzeug.wrappers import Response

from pwa import clock
from pwa.db import writing
from pwa.models import Role, User
from pwa.operations.accounts import passwords, push_devices, rate_limit, sessions, users
from pwa.web.http.extensions import login
from pwa.web.http.responses import next_url, page, redirect_after_post

bp = Blueprint("sessions", __name__)

TRIES_PER_ADDRESS = 60
TRIES_PER_EMAIL = 10


def init_app(app: Flask) -> None:
    """Binds the loader of the signed-in user."""
    login.init_app(app)
    login.session_protection = None  # the session row on the server is the protection
    login.user_loader(load_user)
    login.unauthorized_handler(ask_to_sign_in)
    app.after_request(add_user_header)
    app.register_blueprint(bp)


def load_user(token: str) -> User | None:
    """The user by the token of their cookie, None for an ended session."""
    session_row = sessions.session_user(token, clock.now())
    if session_row is None:
        return None
    user, g.seen_at = session_row
    user.sign_in_token = token
    return user


def add_user_header(response: Response) -> Response:
    """Adds X-Rounds-User: a phone keeps copies of a page for its user only."""
    person = g.get("_login_user")
    if response.mimetype == "text/html" and person is not None and person.is_authenticated:
        response.headers["X-Rounds-User"] = str(person.id)
    return response


def ask_to_sign_in() -> Response:
    """Redirects to the sign-in page, and back afterwards for a GET."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("sessions.new", next=wanted if wanted != "/" else None))


def home() -> str:
    """The user's first page, by their role."""
    ends = {Role.MANAGER: "today.index", Role.SUPERVISOR: "team.index"}
    return url_for(ends.get(current_user.role, "admin.index"))


@bp.get("/")
@login_required
def index() -> Response:
    return redirect(home())


@bp.get("/sign-in")
def new() -> Response:
    if current_user.is_authenticated:
        return redirect(home())
    return page("sessions/new.html", email="", error=None)


@bp.post("/sign-in")
def create() -> Response:
    email, password = request.form.get("email", ""), request.form.get("password", "")
    now = clock.now()
    by_email = f"email:{users.fold_email(email)[:254]}"
    with writing():
        allowed = rate_limit.check_rate_limit(
            {by_email: TRIES_PER_EMAIL, f"from:{request.remote_addr}": TRIES_PER_ADDRESS}, now
        )
    if not allowed:
        error = _("Too many tries. Wait a quarter of an hour, then try again.")
        return page("sessions/new.html", status=429, email=email, error=error)
    user = passwords.authenticate(email, password)
    if user is None:
        error = _("That e-mail and password do not belong together.")
        return page("sessions/new.html", status=422, email=email, error=error)
    sign_in(user, by_email)
    return redirect_after_post(next_url(home()))


def sign_in(user: User, tries_key: str) -> None:
    """Starts a session, to be told by the cookie."""
    with writing():
        token = sessions.start_session(user, request.user_agent.string, clock.now())
        rate_limit.reset_rate_limit(tries_key)
    remember(user, token)


def remember(user: User, token: str) -> None:
    """Puts the token into a cookie of its own."""
    session.clear()
    session.permanent = True
    user.sign_in_token = token
    login_user(user)


@bp.post("/sign-out")
def destroy() -> Response:
    if current_user.is_authenticated:
        with writing():
            sessions.end_session(current_user.sign_in_token)
            # Whoever holds this phone next is not to read who is called today.
            push_devices.unsubscribe(current_user, request.form.get("endpoint", ""))
    logout_user()
    session.clear()
    response = redirect_after_post(url_for("sessions.new"))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@bp.get("/welcome/<token>")
def link(token: str) -> Response:
    person = passwords.link_owner(token, clock.now())
    if person is None:
        return page("sessions/link_ended.html", status=410)
    return page("sessions/password.html", person=person, token=token, error=None)


@bp.post("/welcome/<token>")
def use_link(token: str) -> Response:
    owner = passwords.link_owner(token, clock.now())  # nobody else makes us hash
    if owner is None:
        return page("sessions/link_ended.html", status=410)
    try:
        chosen = passwords.hash_password(request.form.get("password", ""))
    except users.AccountError as refused:
        return page(
            "sessions/password.html", status=422, person=owner, token=token, error=str(refused)
        )
    with writing():
        person = passwords.use_link(token, chosen, clock.now())
    if person is None:
        return page("sessions/link_ended.html", status=410)
    sign_in(person, f"email:{person.email}")
    flash(_("Your password is set. Welcome, %(name)s.", name=person.first_name))
    return redirect_after_post(home())
