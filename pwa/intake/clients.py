"""Opens client lists of other programs; the entry point of intake."""

from collections.abc import Generator, Iterator
from typing import BinaryIO

from pwa.intake.columns import Column
from pwa.intake.encoding import detect
from pwa.intake.lines import first_lines
from pwa.intake.messages import N_, Message, NotAList, Problem, WrongColumns
from pwa.intake.row import Row, read_row
from pwa.intake.table import Table, open_table
from pwa.intake.values.phone import REGIONS
from pwa.intake.vcard import Cards, is_vcard


class ClientList:
    """An opened list that can be read repeatedly."""

    def __init__(self, stream: BinaryIO, source: Table | Cards, region: str) -> None:
        self._stream = stream
        self._source = source
        self.region = region
        self.columns: list[Column] = source.columns
        self.sample: list[list[str]] = source.sample
        self.encoding = source.encoding
        self.size = stream.seek(0, 2)

    @property
    def unmapped(self) -> list[str]:
        """The headings of the columns that are not read."""
        return [column.heading for column in self.columns if column.field is None]

    @property
    def is_cards(self) -> bool:
        """Whether these are contact cards, whose columns are fixed."""
        return isinstance(self._source, Cards)

    @property
    def position(self) -> int:
        """Bytes read so far, of `size`; for a progress bar while `rows` runs."""
        return self._stream.tell()

    def rows(self) -> Iterator[tuple[Row | None, list[Problem]]]:
        """Every row from the first, one at a time; None for a row without a name.

        Problems never end the reading: they come with the row they are about.
        """
        for number, cells, messages in self._source.entries():
            problems = [Problem(number, "", message) for message in messages]
            if not cells and problems:
                yield None, problems
                continue
            row, cell_problems = read_row(number, cells, self.region)
            yield row, problems + cell_problems

    def originals(self) -> Generator[tuple[int, list[str]], None, None]:
        """(number, original cells) of every row that `rows` yields."""
        yield from self._source.originals()


def open_list(
    stream: BinaryIO,
    *,
    filename: str,
    region: str,
    columns: list[str] | None = None,
    mapping: dict[str, str] | None = None,
) -> ClientList:
    """Detect encoding, format and columns of a CSV or vCard file from its start.

    `stream` is seekable and closed by the caller. `region` (AU) is the default country of phone
    numbers and post codes. `columns` are the fields in order for a list without headings, `-` or
    empty to leave one out. `mapping` (heading to field) overrides the detected fields.

    Raises `EmptyList`, `NotAList`, `ColumnsNeeded` or `WrongColumns`, all `IntakeError`.
    """
    encoding = detect(stream)
    region = _known_region(region)
    if is_vcard(first_lines(stream, encoding, characters=1)):
        return ClientList(stream, Cards(stream, encoding), region)
    if filename.lower().endswith((".vcf", ".vcard")):
        raise NotAList(Message(N_("There is no contact card in this file. Export it again.")))
    return ClientList(stream, open_table(stream, encoding, columns, mapping), region)


def _known_region(region: str) -> str:
    code = region.strip().upper()
    code = "GB" if code == "UK" else code
    if code not in REGIONS:
        text = N_("“%(value)s” is not a country code. Use two letters, like AU")
        raise WrongColumns(Message(text, {"value": region}))
    return code
