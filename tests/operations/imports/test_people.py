"""The names and numbers of people in a list: kept apart, kept whole, added once."""

import pytest
import sqlalchemy as sa

from pwa.models import Client, Contact
from pwa.rules.vocabulary.phones import PhoneLabel, PhoneNumber
from tests import factories
from tests.operations.lists import counts, read


@pytest.fixture(autouse=True)
def charlie(db):
    home = factories.team("North", region="NO", country="NO")
    return factories.user(team_=home, email="charlie@example.com")


def contact(db):
    return db.scalars(sa.select(Contact).execution_options(populate_existing=True)).one()


@pytest.mark.parametrize(
    ("written", "title", "name", "suffix"),
    [
        ('"Anna Berg, CPA"', None, "Anna Berg", "CPA"),
        ('"Per Dahl, Siv.ing."', None, "Per Dahl", "Siv.ing."),
        ('"Eva Ek, BSc"', None, "Eva Ek", "BSc"),
        ('"Ola Moe, R.N."', None, "Ola Moe", "R.N."),
        ("Dr. Anna Berg", "Dr.", "Anna Berg", None),
        ("Herr Per Dahl", "Herr", "Per Dahl", None),
        ('"Didio, Rebbecca"', None, "Rebbecca Didio", None),
        ("Jan van der Berg", None, "Jan van der Berg", None),
    ],
)
def test_names_in_a_table(db, written, title, name, suffix):
    table = f"company,contact,phone\nElvebakk AS,{written},22123456\n"
    assert read(table, region="NO")[0] == counts(created=1)
    anna = contact(db)
    assert (anna.title, anna.name, anna.suffix) == (title, name, suffix)
    assert read(table, region="NO")[0] == counts(unchanged=1)


CARD = """BEGIN:VCARD
VERSION:3.0
{names}
ORG:Elvebakk AS
TEL;TYPE=WORK,VOICE:+47 22 12 34 56;ext=7
TEL;TYPE=CELL:+4741234567
END:VCARD
"""


@pytest.mark.parametrize(
    ("names", "title", "name", "suffix"),
    [
        ("FN:Anna Berg\\, CPA\nN:Berg;Anna;;;CPA", None, "Anna Berg", "CPA"),
        ("FN:Per Dahl\\, Dipl.-Ing.\nN:Dahl;Per;;;Dipl.-Ing.", None, "Per Dahl", "Dipl.-Ing."),
        (
            "FN:Mr. Ola Fredrik\\, Jan Moe\nN:Moe;Ola;Fredrik\\, Jan;Mr.;",
            *("Mr.", "Ola Fredrik, Jan Moe", None),
        ),
        ("FN:Anna Berg\nN:Berg;Anna;;Dr.;", "Dr.", "Anna Berg", None),
        ("N:山田;太郎;;;", None, "山田太郎", None),
        ("N:김;민준;;;", None, "김민준", None),
    ],
)
def test_names_and_numbers_of_a_card(db, names, title, name, suffix):
    card = CARD.format(names=names)
    assert read(card, region="NO")[0] == counts(created=1)
    anna = contact(db)
    assert (anna.title, anna.name, anna.suffix) == (title, name, suffix)
    assert [phone.value for phone in anna.phones] == [
        PhoneNumber("+4722123456", PhoneLabel.WORK, "7"),
        PhoneNumber("+4741234567", PhoneLabel.MOBILE),
    ]
    assert (anna.phone, anna.extension) == ("+4722123456", "7")


def test_a_second_column_is_a_second_number_and_more_are_added(db):
    table = "company,contact,phone,mobile\nElvebakk AS,Anna Berg,22 12 34 56 ext 7,41234567\n"
    more = 'company,contact,phone\nElvebakk AS,Anna Berg,"22123456,22123457"\n'
    assert read(table, region="NO")[0] == counts(created=1)
    assert read(more, region="NO")[0] == counts(updated=1)
    assert read(more, region="NO")[0] == counts(unchanged=1)
    anna = contact(db)
    assert [phone.value for phone in anna.phones] == [
        PhoneNumber("+4722123456", None, "7"),
        PhoneNumber("+4741234567", PhoneLabel.MOBILE),
        PhoneNumber("+4722123457", PhoneLabel.OTHER),
    ]
    assert (anna.phone, anna.extension, anna.phone_given) == ("+4722123456", "7", None)
    assert "4722123457" in db.scalar(sa.select(Client.search_key))


@pytest.mark.parametrize("cell", ["22123456,22123457", "22123456;22123457", "22123456 / 22123457"])
def test_two_numbers_in_a_cell_are_two(db, cell):
    read(f'company,contact,phone\nElvebakk AS,Anna Berg,"{cell}"\n', region="NO")
    assert [phone.number for phone in contact(db).phones] == ["+4722123456", "+4722123457"]
