"""Several SELECTs sent as one UNION ALL, each handed back under its own column names.

Columns of the same type share a physical column (a slot) of the union, so a part is written and
read as if it were a statement of its own (docs/decisions/013-combined-reads.md).
"""

from collections.abc import Callable
from operator import itemgetter
from typing import Any, Generic, TypeVar, get_args, get_type_hints

import sqlalchemy as sa

from pwa.db import read

Part = sa.Select[*tuple[Any, ...]]
Slots = list[sa.types.TypeEngine[Any]]
Rows = TypeVar("Rows", bound=tuple[list[Any], ...])


class CombinedRead(Generic[Rows]):
    """A statement of several parts. Make it once and keep it: building costs more than running.

    `rows` is a NamedTuple with one `list[…]` of a NamedTuple for each part. Raises ValueError
    where the parts or their columns have other names than these, or a column has no type.
    """

    def __init__(self, rows: type[Rows], **parts: Part) -> None:
        row_types = {name: get_args(hint)[0] for name, hint in get_type_hints(rows).items()}
        _check_names(rows.__name__, row_types, parts)
        slots: Slots = []
        self._rows = rows
        self._builders: list[Callable[[Any], Any]] = []
        placed: list[dict[int, sa.ColumnElement[Any]]] = []
        for name, row_type in row_types.items():
            selected = parts[name].selected_columns
            _check_names(f"{rows.__name__}.{name}", row_type._fields, selected.keys())
            placed.append(_place([selected[field] for field in row_type._fields], slots))
            self._builders.append(_builder(row_type, [slot + 1 for slot in placed[-1]]))
        self._statement = sa.union_all(
            *(
                parts[name].with_only_columns(
                    *_arm(number, placed[number], slots), maintain_column_froms=True
                )
                for number, name in enumerate(row_types)
            )
        )

    def read(self, values: dict[str, Any]) -> Rows:
        """The rows of each part, in no order, for `values` of the statement's parameters."""
        physical_rows: list[list[Any]] = [[] for _ in self._builders]
        for row in read(self._statement, values).all():
            physical_rows[row[0]].append(row)
        parts = zip(self._builders, physical_rows, strict=True)
        return self._rows(*([build(row) for row in rows] for build, rows in parts))


def _check_names(owner: str, expected: Any, names: Any) -> None:
    if set(expected) != set(names):
        raise ValueError(f"{owner} has {', '.join(expected)}; selected is {', '.join(names)}")


def _place(columns: list[sa.ColumnElement[Any]], slots: Slots) -> dict[int, sa.ColumnElement[Any]]:
    """Each column by a slot of its type that this part has free; adds those missing to `slots`."""
    placed: dict[int, sa.ColumnElement[Any]] = {}
    for column in columns:
        kind = _slot_type(column)
        free = (n for n, slot in enumerate(slots) if n not in placed and repr(slot) == repr(kind))
        number = next(free, len(slots))
        if number == len(slots):
            slots.append(kind)
        placed[number] = column
    return placed


def _slot_type(column: sa.ColumnElement[Any]) -> sa.types.TypeEngine[Any]:
    """Its type; text of any length is one type, as it comes back alike."""
    if isinstance(column.type, sa.types.NullType):
        raise ValueError(f"{column.key} has no type")
    is_text = isinstance(column.type, sa.String) and not isinstance(column.type, sa.Enum)
    return sa.Text() if is_text else column.type


def _arm(
    part: int,
    placed: dict[int, sa.ColumnElement[Any]],
    slots: Slots,
) -> list[sa.ColumnElement[Any]]:
    number = sa.literal_column(str(part), sa.Integer()).label("part")
    columns = [
        sa.type_coerce(placed[n], kind) if n in placed else sa.cast(sa.null(), kind)
        for n, kind in enumerate(slots)
    ]
    return [number, *(column.label(f"slot_{n}") for n, column in enumerate(columns))]


def _builder(row_type: Any, slots: list[int]) -> Callable[[Any], Any]:
    """Makes a named tuple of the slots of a physical row."""
    if len(slots) == 1:
        return lambda row: row_type(row[slots[0]])
    pick = itemgetter(*slots)
    return lambda row: row_type._make(pick(row))
