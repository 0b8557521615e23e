"""The filter of the list of clients, as it stands in an address and in words."""

from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlsplit

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from pwa.operations.clients.client_filters import ClientFilter, Order, Show
from pwa.rules.vocabulary.enums import Tier
from pwa.web.forms.fields import Fields
from pwa.web.http.authorization import row_number
from pwa.web.text.labels import label

MOST_TYPED = 100


class ChosenPart(NamedTuple):
    """A part of a filter in words, and the address of the list without it."""

    words: str
    without: str


def chosen_filter(args: MultiDict[str, str]) -> ClientFilter:
    """The filter that an address asks for; what is no such value narrows nothing."""
    fields = Fields(args)
    return ClientFilter(
        typed=args.get("q", "").replace("\x00", "")[:MOST_TYPED],
        show=fields.valid_choice("show", Show),
        owner_id=args.get("owner", type=row_number),
        tier=fields.valid_choice("tier", Tier),
        town=fields.trimmed("town")[:MOST_TYPED] or None,
        sort=fields.valid_choice("sort", Order) or Order.NAME,
    )


def list_address(
    chosen: ClientFilter, number: int = 1, endpoint: str = "clients.index", *, typed: bool = True
) -> str:
    """The address of page `number` of the filtered list; of another page with its `endpoint`.

    Without `typed` it lacks the search text, which a script adds.
    """
    return url_for(
        endpoint,
        q=chosen.typed if typed and chosen.typed else None,
        show=chosen.show,
        owner=chosen.owner_id,
        tier=chosen.tier,
        town=chosen.town,
        sort=chosen.sort if chosen.sort is not Order.NAME else None,
        page=number if number > 1 else None,
    )


def showing(chosen: ClientFilter, show: Show | None) -> str:
    """The address of the same list, narrowed to `show` instead."""
    return list_address(replace(chosen, show=show))


def chosen_parts(chosen: ClientFilter, owner: str) -> list[ChosenPart]:
    """What narrows the list beside the search text; `owner` is the name of the chosen owner."""
    parts: list[tuple[str, ClientFilter]] = []
    if chosen.show:
        parts.append((label(chosen.show), replace(chosen, show=None)))
    if chosen.tier:
        parts.append((_("Tier %(tier)s", tier=chosen.tier), replace(chosen, tier=None)))
    if chosen.town:
        parts.append((chosen.town, replace(chosen, town=None)))
    if chosen.owner_id is not None:
        parts.append((owner or _("Another manager"), replace(chosen, owner_id=None)))
    return [ChosenPart(words, list_address(without)) for words, without in parts]


def without_filters(chosen: ClientFilter) -> str:
    """The address of the list with the search text and the order alone."""
    return list_address(ClientFilter(typed=chosen.typed, sort=chosen.sort))


def came_from() -> str:
    """The address of the list that led to this page, filtered as it was; else of all clients."""
    came = urlsplit(request.referrer or "")
    index = url_for("clients.index")
    here = came.netloc == request.host and came.path == index
    return f"{index}?{came.query}" if here and came.query else index
