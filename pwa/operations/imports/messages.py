"""Messages of an import about a row, besides those of reading it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pwa.intake import Message, Problem
from pwa.intake.messages import N_

KEPT = N_("The list says “%(given)s”, you have “%(kept)s”: we kept yours")
CUT = N_("This is very long: we kept the first %(count)s characters")
NO_OWNER = N_("No one is named to look after this client: this row was left out")
OWNER_UNKNOWN = N_("No manager is called “%(value)s”: this row was left out")
OWNER_INSTEAD = N_("No manager is called “%(value)s”: %(name)s looks after this client")
OWNER_KEPT = N_("%(name)s looks after this client already: we kept that")


@dataclass(slots=True)
class RowProblems:
    """Collects the problems of a row; `headings` maps fields to the headings of the file."""

    row: int
    headings: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def add(self, field: str, text: str, **params: str | int) -> None:
        """Add a problem with the value of a field; `params` fill the text."""
        heading = self.headings.get(field, "")
        self.problems.append(Problem(self.row, heading, Message(text, params)))

    def add_kept(self, field: str, value: object, stored: object) -> None:
        """Add that a value of the list differs from the stored one, which was kept."""
        self.add(field, KEPT, given=str(value)[:60], kept=str(stored)[:60])
