"""The real chain: booked on a page, sent by our worker, shown by Firefox, and a tap on it.

Between our sender and Firefox stands `autopush.py`; nothing else is played.
"""

from datetime import datetime

from tests.chain.office import Office
from tests.chain.phone import Phone
from tests.patience import until


def book(office: Office, phone: Phone, name: str) -> tuple[str, datetime]:
    """Book a call with somebody new, on a page; returns the path of their client, and when."""
    path, at = f"/clients/{office.add_client(name)}", office.next_time()
    phone.book(office.url + path, at)
    return path, at


def until_shown(office: Office, client: str) -> None:
    """Wait until Firefox has told our server; nobody has opened it by then."""
    until(lambda: office.is_shown(client))
    assert not office.is_opened(client)


def until_opened(office: Office, phone: Phone, client: str) -> None:
    """Wait until the page of the client is in front, and our server knows it was opened."""
    phone.until_in_front(client)
    until(lambda: office.is_opened(client))


def test_a_tap_leads_the_open_page_to_the_client(office, service, phone):
    client, at = book(office, phone, "Dana Whitfield")
    phone.open_another_tab()
    office.send_reminders(at)
    assert "Dana Whitfield" in phone.notification()
    until_shown(office, client)
    phone.tap()
    until_opened(office, phone, client)
    assert phone.tabs() == 2


def test_a_tap_opens_the_client_while_no_page_of_ours_is_open(office, service, phone):
    client, at = book(office, phone, "Ole Vik")
    phone.close_all_tabs()
    office.send_reminders(at)
    assert "Ole Vik" in phone.notification()
    until_shown(office, client)
    phone.tap()
    until_opened(office, phone, client)


def test_what_is_sent_while_the_browser_is_closed_comes_when_it_is_opened(office, service, phone):
    client, at = book(office, phone, "Siri Moen")
    phone.firefox.quit()
    office.send_reminders(at)
    phone.start()
    assert "Siri Moen" in phone.notification()
    until_shown(office, client)
    phone.tap()
    until_opened(office, phone, client)


def test_what_was_on_its_way_to_a_browser_that_is_killed_comes_afterwards(office, service, phone):
    client, at = book(office, phone, "Jonas Berg")
    service.holding = True
    office.send_reminders(at)
    assert len(service.waiting()) == 1
    phone.firefox.kill()
    phone.start()
    assert "Jonas Berg" in phone.notification()
    until_shown(office, client)
    phone.tap()
    until_opened(office, phone, client)


def test_a_tap_opens_the_client_after_the_browser_that_showed_it_was_killed(office, service, phone):
    client, at = book(office, phone, "Kari Lund")
    office.send_reminders(at)
    assert "Kari Lund" in phone.notification()
    until_shown(office, client)
    until(lambda: not service.waiting())
    phone.until_kept("Kari Lund")
    phone.firefox.kill()
    phone.start()
    assert any("Kari Lund" in title for title in phone.tap_kept(office.url))
    until_opened(office, phone, client)
