"""E-readers: their screens, and what their reading software takes.

A profile is named on the command line or in book.toml; a family's own name stands for its
largest screen. Only what is known is promised: a limit that nobody has published is none here.
Sources: the makers' figures for the screens; for Kindle, Amazon's image guidelines for
reflowable books and the answers of Send-to-Kindle; for Kobo, kobolabs/epub-spec (fonts, size of
a file) and its issue 74 (WebP). Dated 2026-11.
"""

from dataclasses import dataclass
from typing import Literal, get_args

Family = Literal[
    "kindle", "kobo", "apple-books", "koreader", "legado", "boox", "remarkable", "phone"
]
DeviceName = Literal[
    "kindle", "kindle-6", "kindle-paperwhite-6.8", "kindle-paperwhite-7", "kindle-scribe",
    "kobo", "kobo-clara", "kobo-libra", "kobo-sage", "kobo-elipsa",
    "apple-books", "ipad-10.9", "koreader", "legado",
    "boox", "boox-poke", "boox-leaf", "boox-note", "remarkable-2", "phone-6.1",
]  # fmt: skip
BookFormat = Literal["epub", "kepub"]

MB = 1_000_000
EPUB_IMAGES = frozenset({"image/jpeg", "image/png", "image/gif", "image/svg+xml", "image/webp"})
OLD_IMAGES = EPUB_IMAGES - {"image/webp"}
EPUB_FONTS = frozenset({"ttf", "otf", "woff", "woff2"})
OLD_FONTS = frozenset({"ttf", "otf"})


@dataclass(frozen=True, slots=True)
class Screen:
    """In pixels, held upright."""

    width_px: int
    height_px: int
    ppi: int

    @property
    def width_mm(self) -> float:
        return self.width_px / self.ppi * 25.4

    @property
    def height_mm(self) -> float:
        return self.height_px / self.ppi * 25.4


@dataclass(frozen=True, slots=True)
class Software:
    """What a family's reading software takes. A limit of 0 means that none is known.

    `images` are media types and `fonts` file formats that it shows. `mail_bytes` and `web_bytes`
    are the most that its maker's services pass on to the device. `is_strict` says that a book is
    refused for faults that other readers pass over.
    """

    book_format: BookFormat = "epub"
    images: frozenset[str] = EPUB_IMAGES
    fonts: frozenset[str] = EPUB_FONTS
    file_bytes: int = 0
    image_bytes: int = 0
    mail_bytes: int = 0
    web_bytes: int = 0
    has_vertical: bool = True
    has_animation: bool = True
    has_nested_contents: bool = True
    is_strict: bool = False


@dataclass(frozen=True, slots=True)
class Device:
    """An e-reader, or a family of them."""

    name: DeviceName
    family: Family
    screen: Screen

    @property
    def software(self) -> Software:
        return SOFTWARE[self.family]


SOFTWARE: dict[Family, Software] = {
    "kindle": Software(
        images=OLD_IMAGES,
        fonts=OLD_FONTS,
        image_bytes=5 * MB,
        mail_bytes=50 * MB,
        web_bytes=200 * MB,
        has_animation=False,
        is_strict=True,
    ),
    "kobo": Software("kepub", images=OLD_IMAGES, fonts=OLD_FONTS, file_bytes=10 * MB),
    "apple-books": Software(),
    "koreader": Software(has_vertical=False),
    "legado": Software(has_nested_contents=False),
    "boox": Software(),
    "remarkable": Software(),
    "phone": Software(),
}

_SIX_INCH = Screen(1072, 1448, 300)
_SEVEN_INCH = Screen(1264, 1680, 300)
_TEN_INCH = Screen(1404, 1872, 227)
_SCRIBE = Screen(1860, 2480, 300)
_SAGE = Screen(1440, 1920, 300)
_IPAD = Screen(1640, 2360, 264)
_PHONE = Screen(1179, 2556, 460)

DEVICES: dict[str, Device] = {
    device.name: device
    for device in (
        Device("kindle", "kindle", _SCRIBE),
        Device("kindle-6", "kindle", _SIX_INCH),
        Device("kindle-paperwhite-6.8", "kindle", Screen(1236, 1648, 300)),
        Device("kindle-paperwhite-7", "kindle", Screen(1272, 1696, 300)),
        Device("kindle-scribe", "kindle", _SCRIBE),
        Device("kobo", "kobo", _SAGE),
        Device("kobo-clara", "kobo", _SIX_INCH),
        Device("kobo-libra", "kobo", _SEVEN_INCH),
        Device("kobo-sage", "kobo", _SAGE),
        Device("kobo-elipsa", "kobo", _TEN_INCH),
        Device("apple-books", "apple-books", _IPAD),
        Device("ipad-10.9", "apple-books", _IPAD),
        Device("koreader", "koreader", _SCRIBE),
        Device("legado", "legado", _PHONE),
        Device("boox", "boox", _TEN_INCH),
        Device("boox-poke", "boox", _SIX_INCH),
        Device("boox-leaf", "boox", _SEVEN_INCH),
        Device("boox-note", "boox", _TEN_INCH),
        Device("remarkable-2", "remarkable", Screen(1404, 1872, 226)),
        Device("phone-6.1", "phone", _PHONE),
    )
}
DEVICE_NAMES: tuple[str, ...] = get_args(DeviceName)
