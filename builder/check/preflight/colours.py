"""Which colour an operator sets: ISO 32000-1, 8.6 (colour spaces), and what a printer makes of it."""

from typing import TYPE_CHECKING, Any

from builder.check.preflight.ink import Colour, Space

if TYPE_CHECKING:
    import pikepdf

_DEVICE = {
    "/DeviceGray": Space.GREY,
    "/G": Space.GREY,
    "/CalGray": Space.GREY,
    "/DeviceRGB": Space.RGB,
    "/RGB": Space.RGB,
    "/CalRGB": Space.RGB,
    "/DeviceCMYK": Space.CMYK,
    "/CMYK": Space.CMYK,
    "/Lab": Space.LAB,
    "/Pattern": Space.PATTERN,
}
_BY_COMPONENTS = {1: Space.GREY, 3: Space.RGB, 4: Space.CMYK}
_OPERATORS = {"g": Space.GREY, "rg": Space.RGB, "k": Space.CMYK}
_INITIAL = {Space.GREY: (0.0,), Space.RGB: (0.0, 0.0, 0.0), Space.CMYK: (0.0, 0.0, 0.0, 1.0)}
# The name of the colourant that stands for every plate, and the one for none.
_ALL, _NONE = "/All", "/None"
# Process colourants, whose separations are no inks of their own.
_PROCESS = frozenset({"/Cyan", "/Magenta", "/Yellow", "/Black"})
# An indexed space over an indexed one, before it is taken for a loop.
_MAX_DEPTH = 4


def space_of(named: Any, resources: "pikepdf.Object | None" = None, depth: int = 0) -> Space:
    """The kind of a colour space, by its name or its array. Any: a file may hold anything."""
    import pikepdf

    if isinstance(named, pikepdf.Array) and len(named):
        family = str(named[0])
        if depth > _MAX_DEPTH:
            return Space.SPOT
        match family:
            case "/ICCBased":
                return _BY_COMPONENTS.get(int(named[1].get("/N", 3)), Space.RGB)
            case "/Indexed" | "/I":
                return space_of(named[1], resources, depth + 1)
            case "/Separation":
                return _separation([str(named[1])])
            case "/DeviceN":
                return _separation([str(name) for name in named[1]])
            case _:
                return _DEVICE.get(family, Space.SPOT)
    name = str(named)
    if name in _DEVICE:
        return _DEVICE[name]
    spaces = resources.get("/ColorSpace") if resources is not None else None
    if spaces is not None and name in spaces:
        return space_of(spaces[name], resources, depth + 1)
    return Space.SPOT


def _separation(names: list[str]) -> Space:
    if _ALL in names:
        return Space.REGISTRATION
    return Space.CMYK if set(names) <= _PROCESS | {_NONE} else Space.SPOT


def colour_set_by(operator: str, operands: Any) -> Colour:
    """The colour of g, rg, k and, in capitals, for lines."""
    return Colour(_OPERATORS[operator.lower()], tuple(float(number) for number in operands))


def first_colour(named: Any, resources: "pikepdf.Object") -> Colour:
    """What cs begins with, in the space it names."""
    space = space_of(named, resources)
    if _is_table(named, resources):
        return Colour(space, is_of_table=True)
    return Colour(space, _INITIAL.get(space, (1.0,)))


def _is_table(named: Any, resources: "pikepdf.Object") -> bool:
    import pikepdf

    spaces = resources.get("/ColorSpace")
    held = spaces.get(str(named)) if isinstance(spaces, pikepdf.Dictionary) else None
    return isinstance(held, pikepdf.Array) and len(held) > 0 and str(held[0]) == "/Indexed"


def colour_in(before: Colour, operands: Any) -> Colour:
    """The colour of sc and scn in the space of the one before; a pattern's name is no number."""
    import pikepdf

    if any(isinstance(item, pikepdf.Name) for item in operands):
        return Colour(Space.PATTERN)
    if before.is_of_table:
        return before
    return Colour(before.space, tuple(float(number) for number in operands))
