"""Detects files that are not lists by their first bytes (magic numbers)."""

from pwa.intake.messages import N_, EmptyList, Message, NotAList

_WORKBOOK = N_("This is a spreadsheet workbook: open it, save it as CSV and choose that file.")
_PICTURE = N_("This is a picture, not a list. Choose the CSV file that your contacts came in.")
_PACKED = N_("This is a packed file: unpack it and choose the CSV file inside.")
_WEB_PAGE = N_("This is a web page, not a list: download the list as CSV and choose that file.")
_KINDS = (
    (b"%PDF-", N_("This is a PDF: export the list as CSV and choose that file.")),
    (b"\xd0\xcf\x11\xe0", _WORKBOOK),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"RIFF", _PICTURE),
    (b"\x1f\x8b", _PACKED),
    (b"7z\xbc\xaf", _PACKED),
    (b"Rar!", _PACKED),
    (b"{\\rtf", N_("This is a text document: save the list in it as CSV and choose that file.")),
)
_WORKBOOK_PARTS = (b"[Content_Types].xml", b"xl/", b"opendocument.spreadsheet", b"Index/Tables")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\x0b\x0c\r\x1a"))


def refuse_other_files(sample: bytes) -> None:
    """Raise `EmptyList` or `NotAList` when these first bytes cannot be a list's."""
    if not sample.strip(b"\x00\t\r\n \x1a"):
        raise EmptyList(Message(N_("This file is empty. Export the list again and choose that.")))
    for start, text in _KINDS:
        if sample.startswith(start):
            raise NotAList(Message(text))
    if sample.startswith(b"PK\x03\x04"):
        is_workbook = any(part in sample for part in _WORKBOOK_PARTS)
        raise NotAList(Message(_WORKBOOK if is_workbook else _PACKED))
    if sample.lstrip()[:9].lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise NotAList(Message(_WEB_PAGE))


def refuse_junk(sample: bytes) -> None:
    """Raise `NotAList` for bytes of no known kind; not for UTF-16, where NULs are usual."""
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if b"\x00" in sample or controls > len(sample) / 100:
        raise NotAList(
            Message(N_("This is not a text file: export the list as CSV and choose that file."))
        )
