"""Pictures that somebody made to do harm, of every kind that is read: a few kilobytes each."""

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image

SIDE_PX = 100_000
# As large as a picture may be, and far more than any screen shows.
LARGE_PX = 9_400
MANY_PARTS = 400_000


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    content = io.BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    head = struct.pack(">I", len(content)) + name + content
    return head + struct.pack(">I", zlib.crc32(name + content))


def zeros(count: int) -> bytes:
    """So many zeros, packed, without being there."""
    packing = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packing.compress(bytes(1 << 20)) + packing.flush(zlib.Z_FULL_FLUSH)
    packing = zlib.compressobj(9, zlib.DEFLATED, -15)
    rest = packing.compress(bytes(count % (1 << 20))) + packing.flush()
    return (
        b"\x78\xda" + block * (count >> 20) + rest + struct.pack(">I", (count % 65_521) << 16 | 1)
    )


def png(
    width: int, height: int, *, colour: int = 0, rows: bytes = b"", extra: bytes = b""
) -> bytes:
    """A black picture, eight bits a channel."""
    row = 1 + width * {0: 1, 2: 3, 4: 2, 6: 4}[colour]
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    data = rows or zeros(row * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", data) + chunk(b"IEND", b"")  # fmt: skip


SMALL = Image.new("L", (8, 8))


def resized(kind: str, width: int, height: int) -> bytes:
    """A picture of 64 pixels whose header says another size."""
    if kind == "PNG":
        return png(width, height, rows=zeros(72))
    options = {"lossless": True} if kind == "WEBP" else {}
    content = bytearray(saved(SMALL.convert("RGB" if kind in {"WEBP", "AVIF"} else "L"), kind, **options))  # fmt: skip
    match kind:
        case "JPEG":
            at = content.index(b"\xff\xc0")
            content[at + 5 : at + 9] = struct.pack(">HH", min(height, 65_535), min(width, 65_535))
        case "GIF":
            at = content.index(b"\x2c\0\0\0\0")
            content[6:10] = content[at + 5 : at + 9] = struct.pack("<HH", min(width, 65_535), min(height, 65_535))  # fmt: skip
        case "BMP":
            content[18:26] = struct.pack("<ii", width, height)
        case "TIFF":
            at = int.from_bytes(content[4:8], "little") + 2
            for entry in range(at, at + 12 * int.from_bytes(content[at - 2 : at], "little"), 12):
                tag = int.from_bytes(content[entry : entry + 2], "little")
                if tag in {256, 257}:
                    content[entry + 2 : entry + 12] = struct.pack("<HII", 4, 1, width if tag == 256 else height)  # fmt: skip
        case "WEBP":
            at = content.index(b"VP8L") + 9
            bits = (min(width, 16_384) - 1) | (min(height, 16_384) - 1) << 14
            content[at : at + 4] = struct.pack("<I", bits)
        case "AVIF":
            at = content.index(b"ispe") + 8
            content[at : at + 8] = struct.pack(">II", width, height)
    return bytes(content)


def scans(count: int, side_px: int) -> bytes:
    """A progressive JPEG whose last scan comes again and again."""
    content = saved(Image.new("L", (side_px, side_px)), "JPEG", progressive=True)
    at = content.rindex(b"\xff\xda")
    return content[:at] + content[at:-2] * count + content[-2:]


def frames(count: int) -> bytes:
    content = saved(SMALL.convert("P"), "GIF")
    at = content.index(b"\x2c\0\0\0\0")
    return content[:at] + (b"\x21\xf9\x04\0\x09\0\0\0" + content[at:-1]) * count + content[-1:]


JPEG = saved(SMALL, "JPEG")

# What is refused before a pixel is decoded, or as soon as its data ends.
REFUSED: dict[str, Callable[[], bytes]] = {
    **{
        f"{kind} of giant sides": lambda kind=kind: resized(kind, SIDE_PX, SIDE_PX)  # type: ignore[misc]  # the loop's own
        for kind in ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "AVIF")
    },
    **{
        f"{kind} that lies about its size": lambda kind=kind: resized(kind, 6_000, 6_000)  # type: ignore[misc]  # the loop's own
        for kind in ("PNG", "GIF", "BMP", "TIFF")
    },
    "PNG with a gigabyte for a profile": lambda: png(8, 8, extra=chunk(b"iCCP", b"x\0\0" + zeros(10**9))),
    "PNG with a gigabyte of text": lambda: png(8, 8, extra=chunk(b"zTXt", b"x\0\0" + zeros(10**9))),
    "PNG with texts of a megabyte each": lambda: png(8, 8, extra=chunk(b"zTXt", b"x\0\0" + zeros(10**6)) * 100),
    "PNG of a single row": lambda: png(SIDE_PX, 1),
    "PNG of empty chunks": lambda: png(8, 8, extra=chunk(b"teSt", b"") * MANY_PARTS),
    "JPEG of a thousand scans": lambda: scans(1000, 64),
    "JPEG of scans over many pixels": lambda: scans(60, 8_000),
    "JPEG of scans behind rubbish": lambda: scans(1000, 64).replace(b"\xff\xda", b"\0\xff\xda"),
    "JPEG of empty segments": lambda: JPEG[:2] + b"\xff\xfe\0\x02" * MANY_PARTS + JPEG[2:],
    "JPEG of filling": lambda: JPEG[:2] + b"\xff" * 1_000_000 + JPEG[2:],
    "GIF of many frames": lambda: frames(100_000),
    "GIF of empty blocks": lambda: saved(SMALL, "GIF")[:-1] + b"\x21\xfe\0" * MANY_PARTS + b";",
    "WebP larger than one may be": lambda: resized("WEBP", 9_000, 9_000),
    "ICO": lambda: saved(SMALL, "ICO"),
    "drawing of entities": lambda: b"<!DOCTYPE svg [<!ENTITY a 'aa'>]><svg><text>&a;</text></svg>",
}  # fmt: skip

# What is no bomb, and is read: the largest picture of each kind and depth.
LARGEST: dict[str, Callable[[], bytes]] = {
    "PNG of four channels": lambda: png(LARGE_PX, LARGE_PX, colour=6),
    "PNG of one": lambda: png(LARGE_PX, LARGE_PX),
    "JPEG in many steps": lambda: saved(Image.new("RGB", (LARGE_PX, LARGE_PX)), "JPEG", progressive=True, subsampling=0),
    "JPEG of inks": lambda: saved(Image.new("CMYK", (LARGE_PX, LARGE_PX)), "JPEG", progressive=True, subsampling=0),
    "GIF": lambda: saved(Image.new("P", (LARGE_PX, LARGE_PX)), "GIF"),
    "TIFF of sixteen bits": lambda: saved(Image.new("I;16", (LARGE_PX, LARGE_PX)), "TIFF", compression="tiff_adobe_deflate"),
    "WebP": lambda: saved(Image.new("RGBA", (6_300, 6_300)), "WEBP", lossless=True, method=0),
    "AVIF": lambda: saved(Image.new("RGB", (6_300, 6_300)), "AVIF", speed=10),
}  # fmt: skip
