"""Whether a font may be put into a book, by what the font itself says.

Two places of a font speak of it: the `name` table quotes the licence, and `OS/2.fsType` says
what documents may do. An open licence outranks the bits, which many free fonts set by mistake.
Source: OpenType 1.9.1, OS/2 fsType, and name IDs 0, 7, 13, 14; SIL OFL-FAQ 1.15.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from builder.fonts.libraries import harfbuzz

Permission = Literal["open", "unknown", "forbidden"]

# What a font's own words call its licence. Each of these lets a font be cut down and embedded.
# Example: SIL Open Font License, Version 1.1. Counter-example: All rights reserved.
_OPEN = {
    "OFL-1.1": re.compile(r"open ?font ?license|scripts\.sil\.org/ofl|openfontlicense\.org", re.I),
    "Apache-2.0": re.compile(r"apache license|apache\.org/licenses", re.I),
    "Arphic": re.compile(r"arphic public license", re.I),
    "Bitstream-Vera": re.compile(r"bitstream vera fonts? copyright", re.I),
    "GPL with font exception": re.compile(r"general public license.{0,2000}font exception", re.I | re.S),
    "Ubuntu": re.compile(r"ubuntu font licen[cs]e", re.I),
    "CC0-1.0": re.compile(r"\bcc0\b|creativecommons\.org/publicdomain", re.I),
    "IPA": re.compile(r"ipa font license", re.I),
    "GlyphWiki": re.compile(r"glyphwiki\.org", re.I),
}  # fmt: skip
# Their texts go beside the font; the others are quoted as far as the font quotes them.
_WITH_TEXT = frozenset({"OFL-1.1", "Apache-2.0"})

# fsType: bits 0 to 3 say one of these, 0 means anything goes.
_EDITABLE = 8
_RESTRICTED = 2
_EMBEDDING_BITS = 0x000F
_NO_SUBSETTING = 0x0100
_BITMAPS_ONLY = 0x0200
_FS_TYPE_AT = 8  # the offset of fsType in the OS/2 table
_COPYRIGHT, _TRADEMARK, _LICENCE, _LICENCE_URL, _VERSION = 0, 7, 13, 14, 5


@dataclass(frozen=True, slots=True)
class Licence:
    """What a font says about itself.

    `name` is short and empty when it is none we know. With `is_whole_only` a font may be embedded
    but not cut down. `is_for_paper` when it may be in a document that is shown and printed, as a
    PDF is, if not handed on as a file of its own.
    """

    name: str
    permission: Permission
    is_whole_only: bool
    is_for_paper: bool
    copyright: str
    words: str
    url: str
    version: str
    trademark: str


@cache
def licence_of(path: Path, index: int) -> Licence:
    """The licence of one face of a font file."""
    hb = harfbuzz()
    return licence_in(hb.Face(hb.Blob.from_file_path(str(path)), index))


def licence_in(face: Any) -> Licence:
    """The licence of an opened face."""

    def named(name_id: int) -> str:
        return (face.get_name(name_id) or "").strip()

    said = f"{named(_LICENCE)}\n{named(_LICENCE_URL)}\n{named(_COPYRIGHT)}"
    name = next((name for name, words in _OPEN.items() if words.search(said)), "")
    table = face.reference_table("OS/2").data
    bits = int.from_bytes(table[_FS_TYPE_AT : _FS_TYPE_AT + 2], "big")
    allows = bits & _EMBEDDING_BITS in {0, _EDITABLE} and not bits & _BITMAPS_ONLY
    return Licence(
        name=name,
        permission="open" if name else "unknown" if allows else "forbidden",
        is_whole_only=bool(bits & _NO_SUBSETTING) and not name,
        is_for_paper=bool(name)
        or (bits & _EMBEDDING_BITS != _RESTRICTED and not bits & _BITMAPS_ONLY),
        copyright=named(_COPYRIGHT),
        words=named(_LICENCE),
        url=named(_LICENCE_URL),
        version=named(_VERSION),
        trademark=named(_TRADEMARK),
    )


def licence_text(licence: Licence, family: str, *, changes: str) -> str:
    """What stands beside the embedded font: whose it is, what was changed, on which terms."""
    said = (family, licence.version, licence.copyright, licence.trademark, changes)
    terms = [licence.words, licence.url]
    if licence.name in _WITH_TEXT:
        terms.append(_text_of(licence.name))
    return "\n\n".join(part for part in (*said, *terms) if part) + "\n"


def _text_of(name: str) -> str:
    folder = files("builder.fonts").joinpath("licences")
    return folder.joinpath(f"{name}.txt").read_text("utf-8").strip()
