"""Lists to import, as text."""

import io

from pwa.intake import Problem, open_list
from pwa.operations import imports
from tests import factories

Outcome = tuple[dict[str, int], list[tuple[int, str, str]]]


def read(
    content: str | bytes,
    *,
    owner: str | int | None = None,
    timezone: str | None = None,
    dry_run: bool = False,
    columns: list[str] | None = None,
    region: str = "AU",
) -> Outcome:
    """Import this content; the counts, and (row, column, words) of each problem."""
    raw = content.encode() if isinstance(content, str) else content
    clients = open_list(io.BytesIO(raw), filename="list.csv", region=region, columns=columns)
    decisions = imports.decide(clients, owner, timezone)
    problems: list[Problem] = []
    if dry_run:
        counts = imports.dry_run_import(clients, decisions, lambda p: problems.extend(p.problems))
    else:
        counts = imports.run_import(
            clients, decisions, factories.NOW, lambda p: problems.extend(p.problems)
        )
    return counts.as_dict(), [(p.row, p.column, str(p.problem)) for p in problems]


def counts(
    created: int = 0, updated: int = 0, unchanged: int = 0, skipped: int = 0
) -> dict[str, int]:
    """The counts of an import."""
    return {"created": created, "updated": updated, "unchanged": unchanged, "skipped": skipped}


def many(rows: int) -> str:
    """A list of so many different clients."""
    lines = ["company,full_name,phone,email,town,tier"]
    for number in range(rows):
        phone = f"03 8174 {number:04d}"
        tier = "ABC"[number % 3]
        lines.append(f"Firm {number},Dana {number},{phone},d{number}@firm.example,Leith,{tier}")
    return "\n".join(lines)
