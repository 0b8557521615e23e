"""What a sweep did, notice by notice, for the command line and the trial on Me."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Client, Delivery, Device, Notice, User
from pwa.operations.notices.results import FAILED, SENT, WAITING
from pwa.operations.notices.settle import overall
from pwa.push.payload import Push


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A device, and what became of the notice there."""

    name: str
    result: str


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A notice and what became of it, as it is printed; the person is named by e-mail address.

    `title` and `body` are None where none was composed.
    """

    person: str
    kind: str
    client: str | None
    title: str | None
    body: str | None
    result: str
    why: str
    devices: tuple[DeviceLine, ...] = ()


def lines_of(notice_ids: Iterable[int], pushes: Mapping[int, Push]) -> list[DeliveryLine]:
    """One line for each of the notices, in the order in which they were planned."""
    ids = sorted(notice_ids)
    devices: dict[int, list[DeviceLine]] = defaultdict(list)
    problems: dict[int, tuple[str, str]] = {}
    on_devices = sa.select(Delivery.notice_id, Device.name, Delivery.result, Delivery.why)
    on_devices = on_devices.join(Device, Device.id == Delivery.device_id)
    on_devices = on_devices.where(Delivery.notice_id.in_(ids)).order_by(Delivery.id)
    for notice_id, name, result, problem in session.execute(on_devices):
        devices[notice_id].append(DeviceLine(name, result or WAITING))
        if result != SENT:
            problems.setdefault(notice_id, (name, problem or ""))
    rows = (
        sa.select(Notice, User.email, Client.name)
        .join(User, User.id == Notice.user_id)
        .outerjoin(Client, Client.id == Notice.client_id)
        .where(Notice.id.in_(ids))
        .order_by(Notice.due_at, Notice.id)
        .execution_options(populate_existing=True)
    )
    return [
        DeliveryLine(
            email,
            notice.kind.value,
            client,
            pushes[notice.id].title if notice.id in pushes else None,
            pushes[notice.id].body if notice.id in pushes else None,
            *_result(notice, devices[notice.id], problems.get(notice.id)),
            tuple(devices[notice.id]),
        )
        for notice, email, client in session.execute(rows)
    ]


def _result(
    notice: Notice, devices: Sequence[DeviceLine], trouble: tuple[str, str] | None
) -> tuple[str, str]:
    """The result and its reason; sent as soon as one device has it, while others are retried.

    Of several devices the one that did not take it is named.
    """
    name, problem = trouble or ("", None)
    if name and len(devices) > 1:
        problem = f"{name}: {problem}"
    results = [device.result for device in devices]
    if SENT in results or (trouble and notice.result):
        values = overall(len(devices), results.count(SENT), results.count(FAILED), problem)
        return values["result"], values["why"]
    return notice.result or WAITING, notice.why or problem or ""
