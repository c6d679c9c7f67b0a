"""What WeasyPrint laid out, in the inks of the book."""

from dataclasses import dataclass, replace

from builder.core.diagnostic import Diagnostic, warning
from builder.prepress import Ink
from builder.press.slabs import Slab, Slabs

# Where the number of a mark stands between two pieces of a page: white space to a reader of PDF,
# and no byte of what WeasyPrint writes.
_GAP = b"\0"


@dataclass(frozen=True, slots=True)
class InkedSlabs:
    """The slabs in inks; `unread` counts pictures that are blank now, because nobody can read them."""

    slabs: Slabs
    unread: int = 0


def in_inks(slabs: Slabs, ink: Ink) -> InkedSlabs:
    """All that WeasyPrint laid out, in inks."""
    if ink == "rgb":
        return InkedSlabs(slabs)
    from builder.prepress import inked_objects

    said = [value for entries in slabs.resources.values() for value in entries.values()]
    made = inked_objects(slabs.objects, ink, said=said)
    inked = replace(
        slabs,
        slabs=tuple(_slab(slab, ink) for slab in slabs.slabs),
        objects=made.objects,
        is_rgb=ink == "grey",
    )
    return InkedSlabs(inked, made.unread)


def unread_pictures(count: int, ink: Ink) -> tuple[Diagnostic, ...]:
    """P036, when pictures had to be left blank."""
    return (warning("P036", count=count, colour=ink),) if count else ()


def _slab(slab: Slab, ink: Ink) -> Slab:
    from builder.prepress import inked_content

    pieces = inked_content(_GAP.join(slab.pieces), ink).split(_GAP)
    if len(pieces) != len(slab.pieces):
        raise ValueError(len(pieces))  # the contract with WeasyPrint is broken
    return replace(slab, pieces=tuple(pieces))
