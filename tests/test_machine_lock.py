"""Who hears on this machine, and that nobody waits who need not."""

import threading

from pwa import machine_lock


def test_one_has_it_and_the_next_one_knows_at_once():
    with machine_lock.acquire("hearing", wait=False) as first:
        with machine_lock.acquire("hearing", wait=False) as second:
            assert (first, second) == (True, False)
        with machine_lock.acquire("hearing", wait=False) as third:
            assert not third  # who did not get it gave nothing back
    with machine_lock.acquire("hearing", wait=False) as later:
        assert later


def test_who_wants_to_waits_for_it():
    order = []

    def waiting():
        with machine_lock.acquire("hearing", wait=True) as mine:
            order.append(("waited", mine))

    with machine_lock.acquire("hearing", wait=False):
        other = threading.Thread(target=waiting)
        other.start()
        other.join(0.2)
        order.append(("first", other.is_alive()))
    other.join(10)
    assert order == [("first", True), ("waited", True)]
