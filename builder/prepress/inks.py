"""Colours of light as printing inks.

What a machine really prints for some ink depends on paper and machine, which only its own
profile tells; these are plain rules that suit most:

- Grey is how light a colour is to the eye: light is added up, not the numbers of the screen,
  so that red (0.50) is darker than green (0.86), and blue (0.30) is no black.
- Neutral colours are black ink alone: they get no tinge where the inks are not in balance, and
  letters have no coloured edges where plates do not meet.
- Never more than 240 % of ink on one place, which uncoated paper still takes.
- Pure blue has less magenta, pure green less cyan than the rule would give, or they would
  print as violet and as a dull bluish green.

Components go from 0 to 1, and how many a colour has says what it is: 1 grey (0 is black), 3 the
RGB of screens (sRGB), 4 cyan, magenta, yellow, black (0 is no ink).
Sources: IEC 61966-2-1 (sRGB); ISO 32000-1, 8.6.4, 10.3 (device colours); ITU-R BT.709 (luminance);
CSS Color 4, 10 (Lab).
"""

from functools import cache
from typing import Literal

Ink = Literal["rgb", "grey", "cmyk"]
Colour = tuple[float, ...]

BLACK: dict[Ink, Colour] = {
    "rgb": (0.0, 0.0, 0.0),
    "grey": (0.0,),
    "cmyk": (0.0, 0.0, 0.0, 1.0),
}
_RGB_COUNT = 3
_FILLING = {1: "g", 3: "rg", 4: "k"}
_STROKING = {1: "G", 3: "RG", 4: "K"}
_LUMINANCE = 0.2126, 0.7152, 0.0722  # of red, green and blue light: ITU-R BT.709, 3.2
# What one place takes at most, all inks together: IngramSpark prints 240 %, of which the edges of
# a JPEG need some to swing.
_MOST = 2.32
# Below this brightness colours lose their saturation, until black has none: the share of
# something that is nearly nothing would jump from point to point of a picture.
_FULL_ABOVE = 0.25
# How much of cyan in green, and of magenta in blue, is too much; read off what the profiles of
# coated papers (FOGRA39, SWOP) give for the primaries of a screen.
_LESS_CYAN_IN_GREEN = 0.25
_LESS_MAGENTA_IN_BLUE = 0.22


@cache
def mixed(colour: Colour, ink: Ink) -> Colour:
    """A colour as inks. With "rgb" it stays what it is."""
    if ink == "rgb":
        return colour
    if ink == "grey":
        return (_rounded(_grey(colour)),)
    match colour:
        case (grey,):
            return 0.0, 0.0, 0.0, _rounded(1 - grey)
        case (red, green, blue):
            return tuple(map(_rounded, rgb_to_cmyk(red, green, blue)))
        case _:
            return colour


def operator(colour: Colour, *, stroke: bool = False) -> str:
    """The operator that paints with a colour from then on: `0.2 g`, `1 0 0 RG`, `0 0 0 1 k`.

    A neutral colour of screens is grey: as RGB, many a printer would make four inks of it.
    """
    if len(colour) == _RGB_COUNT and len(set(colour)) == 1:
        colour = colour[:1]
    name = (_STROKING if stroke else _FILLING)[len(colour)]
    return " ".join(f"{part:.4g}" for part in colour) + f" {name}"


def rgb_to_grey(red: float, green: float, blue: float) -> float:
    """How light a colour is: the grey that gives the eye as much light."""
    if red == green == blue:
        return red
    parts = zip(_LUMINANCE, (red, green, blue), strict=True)
    return _encoded(sum(share * _light(part) for share, part in parts))


def rgb_to_cmyk(red: float, green: float, blue: float) -> tuple[float, float, float, float]:
    """A colour as four inks; neutral ones have black alone. Continuous, so pictures have no steps."""
    top = max(red, green, blue)
    full, black = max(top, _FULL_ABOVE), 1 - top
    cyan, magenta, yellow = ((top - part) / full for part in (red, green, blue))
    cyan, magenta = (
        cyan - _LESS_CYAN_IN_GREEN * min(cyan, yellow),
        magenta - _LESS_MAGENTA_IN_BLUE * min(magenta, cyan),
    )
    total = cyan + magenta + yellow
    share = min(1.0, (_MOST - black) / total) if total else 1.0
    return cyan * share, magenta * share, yellow * share, black


def cmyk_to_rgb(cyan: float, magenta: float, yellow: float, black: float) -> Colour:
    """What light four inks leave, each taking its own share of it."""
    return tuple((1 - part) * (1 - black) for part in (cyan, magenta, yellow))


def lab_to_rgb(lightness: float, a: float, b: float) -> Colour:
    """CIE Lab under D50 (lightness to 100) as the RGB of screens, cut off where there is none."""
    middle = (lightness + 16) / 116
    x, y, z = (
        white * _cubed(part)
        for white, part in zip(_D50, (middle + a / 500, middle, middle - b / 200), strict=True)
    )
    return tuple(
        _encoded(min(max(row[0] * x + row[1] * y + row[2] * z, 0.0), 1.0)) for row in _D50_TO_RGB
    )


# The white of Lab, and from there to linear sRGB (Bradford). Source: CSS Color 4, sample code.
_D50 = 0.9642956764295677, 1.0, 0.8251046025104602
_D50_TO_RGB = (
    (3.1341358529001178, -1.6173863321612538, -0.4906619460083532),
    (-0.978795502912089, 1.916254567259524, 0.03344273116131949),
    (0.07195537988411677, -0.2289768264158322, 1.405386058324125),
)


def _grey(colour: Colour) -> float:
    match colour:
        case (grey,):
            return grey
        case (red, green, blue):
            return rgb_to_grey(red, green, blue)
        case (cyan, magenta, yellow, black):
            return rgb_to_grey(*cmyk_to_rgb(cyan, magenta, yellow, black))
        case _:
            raise ValueError(colour)


def _light(part: float) -> float:
    """The light of a component of sRGB."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _encoded(light: float) -> float:
    """The component of sRGB that gives so much light."""
    return light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def _cubed(part: float) -> float:
    return part**3 if part > 6 / 29 else (116 * part - 16) * 27 / 24389


def _rounded(part: float) -> float:
    return round(min(max(part, 0.0), 1.0), 4)
