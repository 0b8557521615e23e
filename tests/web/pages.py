"""What a browser would send back from a page."""

import re

from werkzeug.test import TestResponse


def stamp_of(page: TestResponse) -> str:
    """The version that an edit on this page starts from."""
    found = re.search(r'name="stamp" value="(\w+)"', page.text)
    assert found, "the page holds no form with a version"
    return found[1]
