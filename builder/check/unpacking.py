"""Content streams that are safe to read: neither endless nor packed to burst.

A stream of a few kilobytes can unpack to gigabytes (deflate packs up to 1,032 to 1, and filters
may stand in a row), so its size is looked at before qpdf unpacks it.
"""

import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pikepdf

# The largest page descriptions seen in printed books, maps drawn as paths, are some 20 MB.
MAX_BYTES = 48_000_000
# Forms painted on one page, each time counted; ten in ten, nine deep, are a thousand million.
MAX_FORMS = 5_000
_DEFLATE_RATIO = 1032
_LZW_RATIO = 1400
_PACKED = {"/FlateDecode": _DEFLATE_RATIO, "/Fl": _DEFLATE_RATIO, "/LZWDecode": _LZW_RATIO,
           "/LZW": _LZW_RATIO, "/RunLengthDecode": 64, "/RL": 64}  # fmt: skip
_STEP = 1 << 20


def is_readable(content: "pikepdf.Object | None") -> bool:
    """Whether a stream, or all of an array of streams, unpacks to a size that can be read."""
    return size_of(content) <= MAX_BYTES


def instructions(
    content: "pikepdf.Object", operators: str
) -> "Sequence[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage]":
    """What a page or a form does, as far as `operators` names it. Raises pikepdf.PdfError."""
    import pikepdf

    is_page = isinstance(content, pikepdf.Dictionary)
    _require_readable(content.get("/Contents") if is_page else content)
    return pikepdf.parse_content_stream(content, operators)


def require_few_forms(count: int) -> None:
    """Raise pikepdf.PdfError for a page that paints forms without end."""
    import pikepdf

    if count > MAX_FORMS:
        raise pikepdf.PdfError(f"over {MAX_FORMS:,} forms on a page")


def require_readable(page: "pikepdf.Page") -> None:
    """Raise pikepdf.PdfError for a page that unpacks to more than `MAX_BYTES`."""
    _require_readable(page.obj.get("/Contents"))


def unpacked(stream: "pikepdf.Object") -> bytes:
    """All bytes of a font or a table of a font. Raises pikepdf.PdfError."""
    _require_readable(stream)
    return stream.read_bytes()


def _require_readable(content: "pikepdf.Object | None") -> None:
    import pikepdf

    if not is_readable(content):
        raise pikepdf.PdfError(f"over {MAX_BYTES // 1_000_000} MB unpacked")


def size_of(content: "pikepdf.Object | None") -> int:
    """About how many bytes a stream, or an array of streams, unpacks to; exact for large ones."""
    import pikepdf

    if isinstance(content, pikepdf.Array):
        parts = [part for part in content.as_list() if isinstance(part, pikepdf.Stream)]
    else:
        parts = [content] if isinstance(content, pikepdf.Stream) else []
    total = 0
    for part in parts:
        total += _unpacked_bytes(part, MAX_BYTES)
        if total > MAX_BYTES:
            break
    return total


def _unpacked_bytes(stream: "pikepdf.Object", limit: int) -> int:
    """The size of a stream, exact when it comes near `limit`; more than `limit` beyond it."""
    import pikepdf

    raw = int(str(stream.get("/Length", 0)))
    filters = stream.get("/Filter")
    names = (
        [str(name) for name in filters.as_list()]
        if isinstance(filters, pikepdf.Array)
        else [str(filters)]
    )
    packed = [name for name in names if name in _PACKED]
    most = raw
    for name in packed:
        most *= _PACKED[name]
    if most <= limit or not packed:
        return raw
    if len(packed) > 1 or not packed[0].startswith("/Fl"):
        return most
    return _deflated_bytes(stream.read_raw_bytes(), limit)


def _deflated_bytes(raw: bytes, limit: int) -> int:
    unpacker = zlib.decompressobj()
    total = 0
    waiting = raw
    while waiting and total <= limit:
        try:
            total += len(unpacker.decompress(waiting, _STEP))
        except zlib.error:
            return total
        waiting = unpacker.unconsumed_tail
    return total
