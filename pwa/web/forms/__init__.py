"""Forms: submitted values parsed field by field into dataclasses, or errors by field."""
