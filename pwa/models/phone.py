"""The phone numbers of a contact."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pwa.models.base import Base, choice
from pwa.rules.vocabulary.phones import PhoneLabel, PhoneNumber


class Phone(Base):
    """A number of a contact in E.164, in the order of `position`.

    The one to dial is the one that `contacts.phone` and `contacts.extension` hold as well.
    """

    __tablename__ = "phones"

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(
        sa.ForeignKey("contacts.id", ondelete="CASCADE"), index=True
    )
    label: Mapped[PhoneLabel | None] = mapped_column(choice(PhoneLabel))
    number: Mapped[str] = mapped_column(sa.String(20), index=True)
    extension: Mapped[str | None] = mapped_column(sa.String(20))
    position: Mapped[int] = mapped_column(default=0)

    @property
    def value(self) -> PhoneNumber:
        """The number apart from its row."""
        return PhoneNumber(self.number, self.label, self.extension)
