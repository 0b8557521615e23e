"""The fields of a form on a page, as a browser would send them when nothing is touched."""

from html.parser import HTMLParser

from werkzeug.datastructures import MultiDict

NOT_SENT = frozenset({"submit", "button", "reset", "file"})
TICKED = frozenset({"checkbox", "radio"})
Attributes = list[tuple[str, str | None]]


class BrowserForm(HTMLParser):
    """Collects `values` of the form that is posted to `action`; `seen` tells if there is one."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action = action
        self.values: MultiDict[str, str] = MultiDict()
        self.seen = False
        self._inside = False
        self._area = ""
        self._list = ""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        attributes = dict(attrs)
        if tag == "form":
            self._inside = (attributes.get("action") or "").partition("?")[0] == self.action
            self.seen = self.seen or self._inside
        elif self._inside and "disabled" not in attributes:
            self._read(tag, attributes)

    def _read(self, tag: str, attributes: dict[str, str | None]) -> None:
        name = attributes.get("name") or ""
        if tag == "input":
            self._read_input(name, attributes)
        elif tag == "textarea":
            self._area = name
            self.values.add(name, "")
        elif tag == "select":
            self._list = name
        elif tag == "option" and ("selected" in attributes or self._list not in self.values):
            self.values[self._list] = attributes.get("value") or ""  # unless chosen, the first

    def _read_input(self, name: str, attributes: dict[str, str | None]) -> None:
        kind = attributes.get("type") or "text"
        ticked = kind not in TICKED or "checked" in attributes
        if name and kind not in NOT_SENT and ticked:
            self.values.add(name, attributes.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._list = ""


def untouched(html: str, action: str) -> MultiDict[str, str]:
    """What the form posted to `action` sends. Raises AssertionError without such a form."""
    form = BrowserForm(action)
    form.feed(html)
    assert form.seen, f"no form is posted to {action}"
    return form.values
