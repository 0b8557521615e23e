"""The icon macro: lucide's outlines as Jinja, because an inlined icon costs no request."""

from __future__ import annotations

import re

HEAD = """\
{{#- Outlines by {package}, ISC licence (static/vendor/{package}/LICENSE),
    written by tools/vendor.py. Decoration, hidden from screen readers: the words beside an icon
    say what it means. An unknown name is an error, which is what strip() is for. -#}}
{{%- set outlines = {{
"""
TAIL = """\
} -%}
{%- macro icon(name) -%}
<svg class="icon" aria-hidden="true" width="20" height="20" viewBox="0 0 24 24" fill="none"
  stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
  {{- outlines[name].strip()|safe }}</svg>
{%- endmacro %}
"""


def macro(package: str, pictures: dict[str, bytes]) -> str:
    """The template's text from each icon's SVG file."""
    rows = (f"  \"{name}\": '{shapes(svg.decode())}',\n" for name, svg in sorted(pictures.items()))
    return HEAD.format(package=package) + "".join(rows) + TAIL


def shapes(svg: str) -> str:
    """The content of the svg element, on one line."""
    match = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
    assert match is not None
    inner = re.sub(r"\s+", " ", match[1]).replace("> <", "><").replace(" />", "/>").strip()
    assert "'" not in inner
    return inner
