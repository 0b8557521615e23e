"""Validation errors, with a message for each field."""


class Invalid(Exception):
    """Invalid input; `errors` is field name -> message, in the form's order."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = errors
