"""Input that cannot be taken, with the words for each field."""


class Invalid(Exception):
    """`errors` is field name -> what to do about it, in the form's order."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = errors
