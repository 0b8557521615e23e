"""Encodings, delimiters, line ends and files that are no lists."""

import codecs
import io
import zipfile

import pytest

from pwa.intake import EmptyList, NotAList
from tests.intake.reading import all_problems, opened, rows

TABLE = [
    ("company", "full_name", "town", "note"),
    ("Café Nestlé", "Zoë Müller", "Ålesund", "Line one\nline two"),
    ("Weiß, Söhne; Co | KG", "Ana Peña", "Köln", 'said "yes"\tloudly'),
    ("Plain", "Bo", "Oslo", "-"),
]
ENCODINGS = [
    *("utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16-le", "utf-16-be"),
    *("utf-16", "mark utf-16-be", "utf-32"),
]


def written(delimiter: str, ending: str) -> str:
    quoted = [['"' + cell.replace('"', '""') + '"' for cell in row] for row in TABLE]
    return "".join(delimiter.join(row) + ending for row in quoted)


def encoded(text: str, encoding: str) -> bytes:
    if encoding == "mark utf-16-be":
        return codecs.BOM_UTF16_BE + text.encode("utf-16-be")
    return text.encode(encoding)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_any_dress_reads_alike(encoding: str, delimiter: str, ending: str) -> None:
    clients = opened(encoded(written(delimiter, ending), encoding))
    values = [(row.company, row.contact_name, row.town) for row in rows(clients)]
    assert values == [row[:3] for row in TABLE[1:]]
    assert [row.note for row in rows(clients)] == ["Line one\nline two", 'said "yes"\tloudly', None]
    assert [row.number for row in rows(clients)] == [2, 3, 4]


def test_classic_mac_letters() -> None:
    (row,) = rows(opened("company,town\rCafé Zoë,Málaga\r".encode("mac-roman")))
    assert (row.company, row.town) == ("Café Zoë", "Málaga")


def test_one_bad_row_does_not_garble_a_utf8_list() -> None:
    good = "company,town\n" + "Søhne,Malmö\n" * 3
    read_rows = rows(opened(good.encode() + "Bäcker,Köln\n".encode("cp1252")))
    assert [(row.company, row.town) for row in read_rows] == [("Søhne", "Malmö")] * 3 + [
        ("Bäcker", "Köln")
    ]


def test_letters_late_in_the_file_decide_too() -> None:
    text = "company,town\n" + "Plain Ltd,Leith\n" * 5_000 + "Nestlé®,Köln\n"
    assert rows(opened(text.encode("cp1252")))[-1].company == "Nestlé®"


def test_excel_names_its_delimiter_in_a_line_it_does_not_show() -> None:
    (row,) = rows(opened("sep=;\r\ncompany;latitude;longitude\r\nAcme;59,91;10,75\r\n"))
    assert (row.number, row.latitude, row.longitude) == (2, 59.91, 10.75)


def test_decimal_commas_do_not_divide_columns() -> None:
    read_rows = rows(opened("firma;latitude;longitude\n" + "Acme;59,91;10,75\n" * 9))
    assert {(row.latitude, row.longitude) for row in read_rows} == {(59.91, 10.75)}


def test_empty_rows_count_but_are_not_clients() -> None:
    read_rows = rows(opened("\ncompany,town\n\nAcme,Leith\n,\n \nBeta,Hamel\n"))
    assert [(row.number, row.company) for row in read_rows] == [(4, "Acme"), (7, "Beta")]


def test_uneven_rows_are_kept_and_named() -> None:
    clients = opened("company,email,town\nAcme,a@b.example\nBeta,b@b.example,Hamel,x,y\n")
    assert [row.company for row in rows(clients)] == ["Acme", "Beta"]
    assert all_problems(clients) == [
        (2, "", "This row has 2 cells, the list 3"),
        (3, "", "This row has 5 cells, the list 3: the rest was left out"),
    ]


@pytest.mark.parametrize(
    "stray", ['"Acme,a@b.example,Leith', 'Acme,a@b.example,"Leith', 'Acme,"a@b.example,Leith']
)
@pytest.mark.parametrize("after", ["Beta,b@b.example,Hamel", '"Beta","b@b.example","Hamel"'])
def test_a_stray_quote_swallows_no_other_row(stray: str, after: str) -> None:
    clients = opened(f"company,email,town\n{stray}\n" + f"{after}\n" * 3)
    values = [(row.company, row.email, row.town) for row in rows(clients)]
    assert values == [("Acme", "a@b.example", "Leith")] + [("Beta", "b@b.example", "Hamel")] * 3
    assert all_problems(clients) == [(2, "", "A quotation mark is opened here and never closed")]


def test_quotes_inside_a_cell() -> None:
    (row,) = rows(opened('company,town\nThe "Best" Co,Leith\n'))
    assert row.company == 'The "Best" Co'


def test_very_long_cells_are_cut_and_named() -> None:
    clients = opened(f"company,email,note\nAcme,a@b.example,{'x' * 200_000}\nBeta,b@b.example,ok\n")
    first, second = rows(clients)
    assert len(first.note or "") == 10_000
    assert second.note == "ok"
    assert all_problems(clients) == [
        (2, "note", "This is very long: we kept the first 10000 characters")
    ]


def test_a_line_without_end_does_not_stop_the_rest() -> None:
    clients = opened(f"company,email\nAcme,{'x' * 3_000_000}\nBeta,b@b.example\n")
    assert [row.company for row in rows(clients)][-1] == "Beta"


def workbook() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return packed.getvalue()


def packed() -> bytes:
    archive_bytes = io.BytesIO()
    with zipfile.ZipFile(archive_bytes, "w") as archive:
        archive.writestr("clients.csv", "company\nAcme\n")
    return archive_bytes.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "This is a PDF"),
        (workbook(), "save it as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as CSV"),
        (packed(), "unpack it"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "picture"),
        (b"<!DOCTYPE html><title>Sign in</title>", "web page"),
        (b"company,town\nAc\x00me,\x00Leith\n", "not a text file"),
        (bytes(range(256)) * 20, "not a text file"),
    ],
)
def test_other_files_are_named_for_what_they_are(content: bytes, words: str) -> None:
    with pytest.raises(NotAList, match=words):
        opened(content)


@pytest.mark.parametrize("content", [b"", b" \r\n\t\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_an_empty_file(content: bytes) -> None:
    with pytest.raises(EmptyList, match="empty"):
        opened(content)


def test_headings_alone_are_no_list() -> None:
    with pytest.raises(EmptyList, match="no rows"):
        opened("company,phone\n")
