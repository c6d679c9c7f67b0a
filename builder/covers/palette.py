"""The colours of one cover, all mixed from one main colour."""

from dataclasses import dataclass

from builder.core.colours import RGB

PAPER: RGB = (0xF4, 0xEE, 0xE1)  # 宣纸, unbleached
INK: RGB = (0x26, 0x24, 0x22)
WHITE: RGB = (0xFF, 0xFF, 0xFF)
BLACK: RGB = (0, 0, 0)
SEAL: RGB = (0xB2, 0x2E, 0x25)  # 朱砂


def mixed(first: RGB, second: RGB, share: float) -> RGB:
    """`first` with `share` (0 to 1) of `second` in it."""
    red, green, blue = (
        round(one + (other - one) * share) for one, other in zip(first, second, strict=True)
    )
    return red, green, blue


def luminance(colour: RGB) -> float:
    """Relative luminance, 0 (black) to 1 (white). Source: WCAG 2.1, definition."""
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (value / 255 for value in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: RGB, other: RGB) -> float:
    """How far two colours stand apart, 1 to 21. Source: WCAG 2.1, definition."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@dataclass(frozen=True, slots=True)
class Palette:
    """`main` is what a design is about; the others follow from it."""

    main: RGB

    @property
    def deep(self) -> RGB:
        """Darker than the main colour: the ground of a night, the shade of a fold."""
        return mixed(self.main, BLACK, 0.35)

    @property
    def soft(self) -> RGB:
        """The main colour thinned on paper."""
        return mixed(self.main, PAPER, 0.62)

    @property
    def pale(self) -> RGB:
        """A ground that has only a breath of the main colour."""
        return mixed(self.main, PAPER, 0.93)

    @property
    def dark(self) -> RGB:
        """Letters on a light ground: ink with some of the main colour in it."""
        return mixed(INK, self.main, 0.25)

    def on(self, ground: RGB) -> RGB:
        """Letters that can be read on `ground`: dark or light, whichever stands out more."""
        return max(self.dark, mixed(PAPER, ground, 0.04), key=lambda ink: contrast(ink, ground))
