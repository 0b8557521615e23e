"""Forms of address and letters after a name are no part of the name."""

import pytest

from pwa.rules.vocabulary.person_names import first_name, full_name, is_title, parse_name

CASES = [
    # written, title, name, suffix, called
    ("Dana Whitfield", None, "Dana Whitfield", None, "Dana"),
    ("  Dana   Whitfield ", None, "Dana Whitfield", None, "Dana"),
    ("Ola", None, "Ola", None, "Ola"),
    ("Dr. Anna Berg", "Dr.", "Anna Berg", None, "Anna"),
    ("Dr Anna Berg", "Dr", "Anna Berg", None, "Anna"),
    ("DR. ANNA BERG", "DR.", "ANNA BERG", None, "ANNA"),
    ("Herr Per Dahl", "Herr", "Per Dahl", None, "Per"),
    ("Frau Prof. Dr. Anna Berg", "Frau Prof. Dr.", "Anna Berg", None, "Anna"),
    ("Prof. Dr. Jan Vik", "Prof. Dr.", "Jan Vik", None, "Jan"),
    ("Dr. med. dent. Anna Berg", "Dr. med. dent.", "Anna Berg", None, "Anna"),
    ("Dipl.-Ing. Per Dahl", "Dipl.-Ing.", "Per Dahl", None, "Per"),
    ("Univ.-Prof. Eva Ek", "Univ.-Prof.", "Eva Ek", None, "Eva"),
    ("Ing. Per Dahl", "Ing.", "Per Dahl", None, "Per"),
    ("Mme Claire Petit", "Mme", "Claire Petit", None, "Claire"),
    ("Sra. Lucía Gómez", "Sra.", "Lucía Gómez", None, "Lucía"),
    ("Mr Smith", "Mr", "Smith", None, "Smith"),
    ("M. Dupont", "M.", "Dupont", None, "Dupont"),
    ("M. Scott Peck", None, "M. Scott Peck", None, "Scott"),
    ("J. Smith", None, "J. Smith", None, "J."),
    ("Dr.", None, "Dr.", None, ""),
    ("", None, "", None, ""),
    ("Anna Berg, CPA", None, "Anna Berg", "CPA", "Anna"),
    ("Anna Berg CPA", None, "Anna Berg", "CPA", "Anna"),
    ("Anna Berg, CPA, MBA", None, "Anna Berg", "CPA, MBA", "Anna"),
    ("Anna Berg MBA, PhD", None, "Anna Berg", "MBA, PhD", "Anna"),
    ("Dr. Anna Berg, Ph.D.", "Dr.", "Anna Berg", "Ph.D.", "Anna"),
    ("Eva Ek, BSc", None, "Eva Ek", "BSc", "Eva"),
    ("Ola Moe, R.N.", None, "Ola Moe", "R.N.", "Ola"),
    ("Per Dahl, Siv.ing.", None, "Per Dahl", "Siv.ing.", "Per"),
    ("Per Dahl, Dipl.-Ing.", None, "Per Dahl", "Dipl.-Ing.", "Per"),
    ("Anna Berg, FRSA", None, "Anna Berg", "FRSA", "Anna"),
    ("John Smith Jr.", None, "John Smith", "Jr.", "John"),
    ("John Smith, Jr.", None, "John Smith", "Jr.", "John"),
    ("John Smith III", None, "John Smith", "III", "John"),
    ("Jack Ma", None, "Jack Ma", None, "Jack"),
    ("Ed Do", None, "Ed Do", None, "Ed"),
    ("John Obi Mba", None, "John Obi Mba", None, "John"),
    ("Berg, Anna", None, "Anna Berg", None, "Anna"),
    ("BERG, ANNA", None, "ANNA BERG", None, "ANNA"),
    ("Berg, Dr. Anna", "Dr.", "Anna Berg", None, "Anna"),
    ("Berg, Anna, PhD", None, "Anna Berg", "PhD", "Anna"),
    ("Berg, J.", None, "J. Berg", None, "J."),
    ("Berg, Ed", None, "Ed Berg", None, "Ed"),
    ("GARCIA LOPEZ, ANA", None, "ANA GARCIA LOPEZ", None, "ANA"),
    ("Acme, Inc", None, "Acme, Inc", None, "Acme"),
    ("van der Berg, Jan Ole", None, "Jan Ole van der Berg", None, "Jan"),
    ("Jan van der Berg", None, "Jan van der Berg", None, "Jan"),
    ("van der Berg, Jan", None, "Jan van der Berg", None, "Jan"),
    ("van der Berg", None, "van der Berg", None, "van der Berg"),
    ("Van der Berg", None, "Van der Berg", None, "Van der Berg"),
    ("Mr. van der Berg", "Mr.", "van der Berg", None, "van der Berg"),
    ("Van Morrison", None, "Van Morrison", None, "Van"),
    ("Ben Ray", None, "Ben Ray", None, "Ben"),
    ("山田太郎", None, "山田太郎", None, "山田太郎"),
    ("王 小明", None, "王 小明", None, "王"),
    ("Nguyễn Văn An", None, "Nguyễn Văn An", None, "Nguyễn"),
]


@pytest.mark.parametrize(("written", "title", "name", "suffix", "called"), CASES)
def test_a_name_in_its_parts(written, title, name, suffix, called):
    assert parse_name(written) == (name, title, suffix)
    assert first_name(written) == called


@pytest.mark.parametrize("written", [case[0] for case in CASES])
def test_a_name_that_is_taken_apart_stays_so(written):
    parts = parse_name(written)
    assert parse_name(parts.name).name == parts.name


def test_an_order_that_is_known_is_left():
    assert parse_name("Mr. Ola Fredrik, Jan Moe", reorder=False) == (
        "Ola Fredrik, Jan Moe",
        "Mr.",
        None,
    )
    assert first_name("Ola Fredrik, Jan Moe") == "Ola"


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (("Anna Berg", None, None), "Anna Berg"),
        (("Anna Berg", "Dr.", "CPA"), "Dr. Anna Berg, CPA"),
        (("John Smith", None, "Jr."), "John Smith Jr."),
    ],
)
def test_the_whole_name(parts, whole):
    assert full_name(*parts) == whole


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("Mrs.", True), ("Prof. Dr.", True), ("M.", True), ("Doctor of all", False), ("", False)],
)
def test_what_is_a_form_of_address_alone(text, is_one):
    assert is_title(text) is is_one
