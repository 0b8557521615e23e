"""The real file: classic Mac line ends, phones that are possible but not assigned."""

from pathlib import Path

import pytest

from pwa.intake import Row, open_list

LIST = Path(__file__).parents[3] / "shared" / "data" / "clients-au-500.csv"

pytestmark = pytest.mark.skipif(not LIST.exists(), reason="the shared list is not here")


@pytest.fixture(scope="module")
def clients() -> list[Row]:
    with LIST.open("rb") as stream:
        entries = list(open_list(stream, filename=LIST.name, region="AU").rows())
    assert not [problem for _, problems in entries for problem in problems]
    return [row for row, _ in entries if row]


def test_every_client_is_read(clients: list[Row]) -> None:
    assert len(clients) == 500
    assert len({(row.company, row.town) for row in clients}) == 500
    assert [row.number for row in clients] == list(range(2, 502))


def test_phones_can_be_dialled(clients: list[Row]) -> None:
    numbers = [number for row in clients for number in (row.phone, row.phone_other)]
    assert len(numbers) == 1000
    assert all(number and number.startswith("+61") and len(number) == 12 for number in numbers)


def test_post_codes_keep_their_zeros(clients: list[Row]) -> None:
    assert all(row.postcode and len(row.postcode) == 4 for row in clients)
    assert sum(row.postcode.startswith("0") for row in clients if row.postcode) == 7


def test_a_whole_row(clients: list[Row]) -> None:
    first = clients[0]
    assert first.company == "Brandt, Jonathan F Esq"
    assert first.contact_name == "Rebbecca Didio"
    assert (first.phone, first.phone_other) == ("+61381749123", "+61458665290")
    assert (first.street, first.town, first.state) == ("171 E 24th St", "Leith", "TAS")
    assert first.email == "rebbecca.didio@didio.com.au"
    assert first.website == "http://www.brandtjonathanfesq.com.au"
