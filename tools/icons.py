"""Draw the app's own icons into static/icons/: a round with three stops, the next one a call.

The mark is ours, made from circles and a handset; Chromium draws it in the sizes phones ask for.
"""

from __future__ import annotations

import math
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ICONS = Path(__file__).resolve().parent.parent / "static" / "icons"
PAPER = "#F6F3EE"
GREEN = "#0E6B48"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Inside 512 x 512. A maskable icon may be cut to a circle of 40 % radius: its mark is smaller.
MIDDLE = 256
ROUND = 140
NEXT = 45
FILES = {
    "icon-192.png": (192, 1.0, 112),
    "icon-512.png": (512, 1.0, 112),
    "icon-maskable-512.png": (512, 0.82, 0),
    "apple-touch-icon.png": (180, 0.94, 0),  # iPhones round the corners themselves
}


def main() -> None:
    """Write favicon.svg and every file of FILES."""
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser is None:
        sys.exit("Drawing the icons needs Chromium (Debian: apt install chromium)")
    ICONS.mkdir(parents=True, exist_ok=True)
    (ICONS / "favicon.svg").write_text(picture(1.12, 112) + "\n", encoding="utf-8")
    for name, (size, scale, corner) in FILES.items():
        render(browser, picture(scale, corner), size, ICONS / name)


def picture(scale: float, corner: int) -> str:
    """The icon as SVG: `scale` is the mark's, `corner` the radius of the ground's corners."""
    ground = f'<rect width="512" height="512" rx="{corner}" fill="{PAPER}"/>'
    place = f"translate({MIDDLE} {MIDDLE}) scale({scale}) translate(-{MIDDLE + 10} -{MIDDLE - 10})"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">{ground}'
        f'<g transform="{place}" stroke-width="36">{mark()}</g></svg>'
    )


def mark() -> str:
    """The way round, two stops to come, and the call that is next."""
    way = f'<circle cx="{MIDDLE}" cy="{MIDDLE}" r="{ROUND}" fill="none" stroke="{GREEN}"/>'
    later = stop(172, 40, PAPER, GREEN) + stop(278, 40, PAPER, GREEN)
    x, y = on_the_way(NEXT)
    return way + later + stop(NEXT, 118, GREEN, PAPER) + handset(x, y)


def on_the_way(degrees: int) -> tuple[float, float]:
    """A point of the round, clockwise from the top."""
    angle = math.radians(degrees - 90)
    return MIDDLE + ROUND * math.cos(angle), MIDDLE + ROUND * math.sin(angle)


def stop(degrees: int, radius: int, fill: str, edge: str) -> str:
    """A stop on the way."""
    x, y = on_the_way(degrees)
    return f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius}" fill="{fill}" stroke="{edge}"/>'


def handset(x: float, y: float) -> str:
    """A telephone's handset, held as one lifts it: a bow with two ends."""
    bow = f'<path d="M-44-4C-44-40 44-40 44-4" fill="none" stroke="{PAPER}" stroke-width="26"/>'
    ends = "".join(
        f'<rect x="{left}" y="-12" width="38" height="36" rx="11" fill="{PAPER}" stroke="none"/>'
        for left in (-63, 25)
    )
    return f'<g transform="translate({x:.0f} {y:.0f}) rotate(-135) translate(0 4)">{bow}{ends}</g>'


def render(browser: str, svg: str, size: int, target: Path) -> None:
    """One PNG of `size` pixels; what lies outside rounded corners stays transparent."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "icon.html"
        sized = svg.replace("<svg ", f'<svg width="{size}" height="{size}" ', 1)
        page.write_text(f'<body style="margin:0">{sized}</body>', encoding="utf-8")
        options = [
            "--headless",
            "--no-sandbox",
            "--hide-scrollbars",
            "--force-device-scale-factor=1",
        ]
        options += ["--default-background-color=00000000", f"--window-size={size},{size}"]
        command = [browser, *options, f"--screenshot={target}", page.as_uri()]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
