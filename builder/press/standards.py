"""Standards that a PDF claims to keep: which it can, what is in the way, what each wants beside.

The file is written as PDF/UA-1 and PDF/A-2u ask in any case; what can be in the way is in the
book. Source: ISO 14289-1, 7.3 (pictures), 7.21 (fonts); ISO 19005-2, 6.2 (colour, fonts).
"""

from collections.abc import Iterable
from functools import cache

from builder.core.config import PdfStandard
from builder.core.diagnostic import Diagnostic, warning
from builder.prepress import Ink
from builder.press.face import Faces
from builder.press.program import NOTDEF
from builder.press.slabs import Slabs
from builder.press.tree import Tree
from builder.press.writer import Writer

# Offsets in the header of a profile: when it was made, and a digest that may be left out.
# Source: ICC.1:2010, 7.2.
_MADE = slice(24, 36)
_MOMENT = (2026).to_bytes(2, "big") + bytes((0, 1, 0, 1)) + bytes(6)
_ID = slice(84, 100)


def kept_standards(
    asked: Iterable[PdfStandard], tree: Tree, faces: Faces, slabs: Slabs, *, ink: Ink = "rgb"
) -> tuple[tuple[PdfStandard, ...], tuple[Diagnostic, ...]]:
    """Those of the standards that the book can keep; P020, P021, P023, P035 about the others."""
    kept: list[PdfStandard] = []
    found: list[Diagnostic] = []
    for standard in dict.fromkeys(asked):
        problem = _problem(standard, tree, faces, slabs, ink)
        if problem is None:
            kept.append(standard)
        else:
            found.append(problem)
    return tuple(kept), tuple(found)


def _problem(
    standard: PdfStandard, tree: Tree, faces: Faces, slabs: Slabs, ink: Ink
) -> Diagnostic | None:
    """The first thing in the way of a standard."""
    shown = standard.upper()
    if slabs.is_lacking or any(NOTDEF in program.readings for program in faces.programs):
        return warning("P021", standard=shown)
    if standard == "pdf/ua-1":
        count = tree.lacking("Figure", "Alt")
        return warning("P020", standard=shown, count=count) if count else None
    if ink == "cmyk":
        return warning("P035", standard=shown)
    return None if slabs.is_rgb else warning("P023", standard=shown)


def output_intent(writer: Writer) -> str:
    """The entry of the catalog that says which RGB is meant."""
    profile = writer.add_deflated("/N 3", srgb_profile())
    return (
        "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
        f"/Info(sRGB IEC61966-2.1)/DestOutputProfile {profile} 0 R>>]"
    )


@cache
def srgb_profile() -> bytes:
    """The profile that Pillow makes, without the moment of making."""
    from PIL import ImageCms

    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return (
        made[: _MADE.start] + _MOMENT + made[_MADE.stop : _ID.start] + bytes(16) + made[_ID.stop :]
    )
