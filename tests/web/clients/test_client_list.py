"""The list of clients narrowed, ordered and by pages, as its address says it."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from pwa.models import Client, Phone, Role
from pwa.operations.calls import corrections
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.team import dashboard
from pwa.rules.vocabulary.enums import ClientStatus, Outcome, RequestStatus, Stage, Tier
from tests import factories

pytestmark = pytest.mark.usefixtures("on_a_friday")

FRIDAY = date(2026, 11, 20)
SPOKEN = datetime(2026, 11, 2, 9, tzinfo=UTC)


def named(owner, name, **values):
    return factories.client(owner, name, search_key=name.casefold(), **values)


def titles(answer):
    return re.findall(r'<h2 class="row-title"><a href="[^"]+">([^<]+)</a>', answer.text)


@pytest.fixture
def book(db, charlie):
    """One client for each filter, with the same due day or state as nobody else."""
    later = {"next_due": FRIDAY + timedelta(days=3), "spoken_at": SPOKEN}
    named(charlie, "Due today", **{**later, "next_due": FRIDAY})
    named(charlie, "Grace day", **{**later, "next_due": FRIDAY - timedelta(days=1)})
    quiet = {**later, "next_due": FRIDAY - timedelta(days=1)}
    named(charlie, "Quiet daily", stage=Stage.DAILY, **quiet)
    named(charlie, "Quiet weekly", **{**later, "next_due": FRIDAY - timedelta(days=2)})
    named(charlie, "Silent", next_due=FRIDAY + timedelta(days=9), tier=Tier.A, town="Ålesund")
    named(charlie, "Paused late", status=ClientStatus.PAUSED, next_due=FRIDAY - timedelta(days=9))
    for name, thing in (
        ("Open promise", factories.promise),
        ("Open request", factories.request),
        ("Open recovery", factories.recovery),
    ):
        thing(named(charlie, name, **later))
    settled = named(charlie, "All settled", **later)
    factories.promise(settled, kept=FRIDAY)
    factories.request(settled, status=RequestStatus.DONE)
    factories.recovery(settled, closed=SPOKEN)
    db.commit()


@pytest.fixture
def mobile(charlie, sign_in, book):
    return sign_in(charlie)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("show=due", ["Due today", "Grace day", "Quiet daily", "Quiet weekly"]),
        ("show=late", ["Grace day", "Quiet daily", "Quiet weekly"]),
        ("show=quiet", ["Quiet daily", "Quiet weekly"]),
        ("show=never", ["Silent"]),
        ("show=open", ["Open promise", "Open recovery", "Open request"]),
        ("tier=A", ["Silent"]),
        ("town=Ålesund", ["Silent"]),
        ("show=late&q=daily", ["Quiet daily"]),
        ("show=late&sort=due", ["Quiet weekly", "Grace day", "Quiet daily"]),
        ("show=nonsense&tier=Z&sort=x&page=-3&q=silent", ["Silent"]),
    ],
)
def test_the_address_narrows_and_orders_the_list(mobile, asked, shown):
    assert titles(mobile.get(f"/clients?{asked}")) == shown


def test_each_filter_counts_as_the_board_does(mobile, petra, charlie):
    [day] = dashboard.board(petra, factories.NOW).managers
    counts = {name: len(titles(mobile.get(f"/clients?show={name}"))) for name in ("late", "quiet")}
    assert counts == {"late": day.late, "quiet": day.quiet}


def test_last_spoken_longest_ago_first_and_never_last(db, charlie, sign_in):
    for name, days in (("Recent", 1), ("Long ago", 90), ("Never", None)):
        client = named(charlie, name)
        if days:
            factories.interaction(client, at=factories.NOW - timedelta(days=days))
        factories.interaction(client, outcome=Outcome.VOICEMAIL, reached=False)
        refresh_due_dates([client.id], factories.NOW)
    db.commit()
    answer = sign_in(charlie).get("/clients?sort=spoken")
    assert titles(answer) == ["Long ago", "Recent", "Never"]
    assert "last spoke 22 August" in answer.text


def test_a_corrected_conversation_is_none(db, charlie):
    client = named(charlie, "Halden Freight")
    row = factories.interaction(client, contact=factories.contact(client))
    refresh_due_dates([client.id], factories.NOW)
    db.refresh(client)
    assert client.spoken_at == factories.NOW
    corrections.correct(row, Outcome.NO_ANSWER, charlie, factories.NOW)
    db.refresh(client)
    assert client.spoken_at is None


def test_pages_have_a_fixed_size_and_keep_the_filter(db, charlie, sign_in):
    for number in range(61):
        named(charlie, f"Client {number:02d}", tier=Tier.A)
    named(charlie, "Of another tier", tier=Tier.C)
    db.commit()
    phone = sign_in(charlie)
    first, second, third = (phone.get(f"/clients?tier=A&page={page}") for page in (1, 2, 3))
    assert "1–30 of 61" in first.text
    assert "31–60 of 61" in second.text
    assert "61–61 of 61" in third.text
    assert 'rel="prev"' not in first.text
    assert 'rel="next" href="/clients?tier=A&amp;page=2"' in first.text
    assert 'rel="prev" href="/clients?tier=A"' in second.text
    assert 'rel="next"' not in third.text
    assert titles(third) == ["Client 60"]
    assert titles(phone.get("/clients?tier=A&page=99999999")) == ["Client 60"]


def test_each_filter_can_be_taken_away_and_an_empty_list_says_which_are_on(mobile):
    answer = mobile.get("/clients?show=late&town=Ålesund&q=x&sort=due")
    assert titles(answer) == []
    assert "No client matches “x”" in answer.text
    assert "Filters on: Late · Ålesund" in answer.text
    assert 'href="/clients?q=x&amp;sort=due"' in answer.text
    assert 'href="/clients?q=x&amp;show=late&amp;sort=due" aria-label="Remove filter' in answer.text


def test_the_filter_page_offers_what_there_is(db, mobile, petra, ingrid, sign_in):
    named(ingrid, "Vik Kommune", town="Vik")
    db.commit()
    asked = "/clients/filter?show=late&q=x"
    own, team = mobile.get(asked), sign_in(petra).get(asked)
    assert "Ålesund" in own.text
    assert "Vik" not in own.text
    assert 'name="owner"' not in own.text
    assert f'<option value="{ingrid.id}">Ingrid Moe</option>' in team.text
    assert 'value="late" checked' in own.text
    assert '<input type="hidden" name="q" value="x">' in own.text


def test_a_supervisor_sees_whose_clients_they_are(db, petra, ingrid, book, sign_in):
    named(ingrid, "Vik Kommune")
    db.commit()
    phone = sign_in(petra)
    assert titles(phone.get(f"/clients?owner={ingrid.id}")) == ["Vik Kommune"]
    assert "Remove filter: Ingrid Moe" in phone.get(f"/clients?owner={ingrid.id}").text
    stranger = factories.user(Role.MANAGER, name="Not Of This Team")
    db.commit()
    assert "Not Of This Team" not in phone.get(f"/clients?owner={stranger.id}").text


def test_a_client_leads_back_to_the_list_as_it_was(db, mobile):
    client_id = db.query(Client.id).order_by(Client.id).limit(1).scalar()
    came = {"Referer": "http://localhost/clients?show=late&sort=due&page=2"}
    back = 'class="back" href="/clients?show=late&amp;sort=due&amp;page=2"'
    assert back in mobile.get(f"/clients/{client_id}", headers=came).text
    for elsewhere in ("http://localhost/today", "https://evil.example/clients?show=late"):
        text = mobile.get(f"/clients/{client_id}", headers={"Referer": elsewhere}).text
        assert 'class="back" href="/clients"' in text


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/clients", 2),
        ("/clients?show=quiet&sort=spoken&tier=B&q=i", 2),
        ("/clients?show=open&page=1", 2),
        ("/clients?page=7", 4),
        ("/clients/filter", 3),
        ("/clients/index.json", 3),
    ],
)
def test_a_list_costs_the_same_whatever_its_size(mobile, db, charlie, count_queries, address, most):
    for _ in range(2):
        count_queries.clear()
        assert mobile.get(address).status_code == 200
        assert len(count_queries) == most
        for number in range(40):
            factories.contact(named(charlie, f"House {number}", stage=Stage.DAILY))
        db.commit()


def test_the_phone_gets_whom_to_call_and_nothing_else(db, charlie, ingrid, sign_in):
    halden = named(charlie, "Halden Freight", town="Halden")
    factories.contact(halden, "Ben Moe", phone="+4790000001")
    halden.contacts[0].phones.append(Phone(number="+4755000002"))
    dana = factories.contact(halden, "Dana Whitfield", is_primary=True, email="dana@halden.example")
    empty = factories.client(charlie, "Åsgård AS", search_key="asgard as\n")
    factories.contact(named(ingrid, "Vik Kommune"))
    db.commit()
    answer = sign_in(charlie).get("/clients/index.json")
    ben = halden.contacts[0]
    assert answer.json == {
        "clients": [
            [empty.id, "Åsgård AS", None, []],
            [
                halden.id,
                "Halden Freight",
                "Halden",
                [
                    [dana.id, "Dana Whitfield", ["+4722123456"]],
                    [ben.id, "Ben Moe", ["+4790000001", "+4755000002"]],
                ],
            ],
        ]
    }
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Rounds-User"] == str(charlie.id)


def test_the_phone_gets_it_again_only_when_it_changed(db, charlie, sign_in):
    contact = factories.contact(named(charlie, "Halden Freight"))
    db.commit()
    phone = sign_in(charlie)
    packed = {"Accept-Encoding": "gzip"}
    first = phone.get("/clients/index.json", headers=packed)
    same = {**packed, "If-None-Match": first.headers["ETag"]}
    again = phone.get("/clients/index.json", headers=same)
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["X-Rounds-User"] == str(charlie.id)
    contact.phone = "+4799999999"
    db.commit()
    assert phone.get("/clients/index.json", headers=same).status_code == 200


def test_a_large_index_is_compressed_on_its_way(db, charlie, sign_in):
    for number in range(40):
        factories.contact(named(charlie, f"House {number}"))
    db.commit()
    packed = {"Accept-Encoding": "gzip"}
    answer = sign_in(charlie).get("/clients/index.json", headers=packed)
    assert answer.headers["Content-Encoding"] == "gzip"


def test_supervisors_and_strangers_get_no_index(db, petra, sign_in):
    assert sign_in(petra).get("/clients/index.json").status_code == 404
