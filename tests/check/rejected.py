"""What a device says about a small EPUB with some of its files changed."""

import tempfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from PIL import Image

from builder.check import refused_by
from builder.core.devices import DEVICES
from builder.core.diagnostic import Diagnostic
from tests.check.books import OPF, place, write_epub

# Manifest lines for what the small EPUB has not got.
PICTURE = '<item id="p" href="p.jpg" media-type="image/jpeg"/>'
FONT = '<item id="f" href="f.ttf" media-type="font/ttf"/>'
Changes = Mapping[str, str | bytes | None]


def with_item(line: str) -> str:
    """The package document with one more file in its manifest."""
    return OPF.replace("</manifest>", f"{line}\n</manifest>")


def picture(width: int, height: int, kind: str = "JPEG", *, frames: int = 1) -> bytes:
    content = BytesIO()
    images = [Image.new("L", (width, height), shade) for shade in range(frames)]
    more = {"save_all": True, "append_images": images[1:]} if frames > 1 else {}
    images[0].save(content, kind, **more)
    return content.getvalue()


def _place(found: Diagnostic) -> str:
    """The file inside the EPUB; empty for the EPUB itself."""
    return place(found) if "#" in str(found.location) else ""


def said(code: str, device: str, changes: Changes | None = None) -> list[tuple[str, str, str]]:
    """Place, severity and sentence of each finding with this code."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_epub(Path(folder, "a.epub"), changes)
        found = refused_by(DEVICES[device], path.read_bytes(), path)
    return [(_place(one), str(one.severity), one.message) for one in found if one.code == code]
