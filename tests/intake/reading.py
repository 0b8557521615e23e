"""Helpers: open a list from text or bytes."""

import io

from pwa.intake import ClientList, Row, open_list


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


def read_value(heading: str, value: str, region: str = "AU") -> tuple[Row, dict[str, str]]:
    """The row of a client with this value under the heading, and its problems by column."""
    quoted = value.replace('"', '""')
    clients = opened(f'company;email;{heading}\nAcme;a@b.example;"{quoted}"\n', region=region)
    ((row, problems),) = clients.rows()
    assert row
    return row, {problem.column: str(problem.problem) for problem in problems}


def all_problems(clients: ClientList) -> list[tuple[int, str, str]]:
    """(row, column, message) of the problems of all rows."""
    return [
        (problem.row, problem.column, str(problem.problem))
        for _, problems in clients.rows()
        for problem in problems
    ]
