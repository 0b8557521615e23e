"""Helpers: open a list from text or bytes."""

import io

from pwa.intake import ClientList, Problem, Row, open_list


def opened(
    content: str | bytes,
    *,
    filename: str = "clients.csv",
    region: str = "AU",
    columns: list[str] | None = None,
    mapping: dict[str, str] | None = None,
) -> ClientList:
    """A list of this content; text is encoded as UTF-8."""
    raw = content.encode() if isinstance(content, str) else content
    stream = io.BytesIO(raw)
    return open_list(stream, filename=filename, region=region, columns=columns, mapping=mapping)


def fields(content: str | bytes) -> dict[str, str | None]:
    """Heading to field, as recognised."""
    return {column.heading: column.field for column in opened(content).columns}


def rows(clients: ClientList) -> list[Row]:
    """The rows that are clients."""
    return [row for row, _ in clients.rows() if row]


def one(heading: str, value: str, region: str = "AU") -> tuple[Row, dict[str, str]]:
    """The row of a client with this one value, and its problems by column."""
    quoted = value.replace('"', '""')
    clients = opened(f'company;email;{heading}\nAcme;a@b.example;"{quoted}"\n', region=region)
    ((row, problems),) = clients.rows()
    assert row
    return row, {each.column: str(each.problem) for each in problems}


def said(problems: list[Problem]) -> list[tuple[int, str, str]]:
    """Problems as plain tuples."""
    return [(each.row, each.column, str(each.problem)) for each in problems]


def all_said(clients: ClientList) -> list[tuple[int, str, str]]:
    """The problems of all rows."""
    return [entry for _, problems in clients.rows() for entry in said(problems)]
