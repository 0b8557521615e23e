"""What an import says about a row, beside what reading it said."""

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
    """Collects the problems of one row; `headings` is what each field is called in the file."""

    row: int
    headings: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def add(self, column: str, text: str, **params: str | int) -> None:
        """One thing to say about the value of a field."""
        heading = self.headings.get(column, "")
        self.problems.append(Problem(self.row, heading, Message(text, params)))

    def kept(self, column: str, given: object, kept: object) -> None:
        """The list says one thing, the book another."""
        self.add(column, KEPT, given=str(given)[:60], kept=str(kept)[:60])
