"""What the next page says once: words, with a way to undo what they speak of."""

from flask import flash, render_template
from markupsafe import Markup


def flash_with_undo(words: str, address: str, **fields: object) -> None:
    """Says `words` on the next page, with an "Undo" that posts `fields` to `address`."""
    body = render_template("_undo.html", words=words, address=address, fields=fields)
    flash(Markup(body))  # noqa: S704 - escaped by the template
