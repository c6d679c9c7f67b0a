"""What a PDF says about itself: the information dictionary, XMP, and which standards it keeps.

Source: ISO 32000-1, 14.3; ISO 16684-1 (XMP); ISO 14289-1, 5 (PDF/UA-1); ISO 19005-2, 6.6 (PDF/A-2).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from builder.core.config import PdfStandard
from builder.core.publication import PrintDocument
from builder.core.version import __version__
from builder.core.xml_text import xml_safe
from builder.press.syntax import date, text_string

_TOOL = "ebook-builder"
PRODUCER = f"{_TOOL} {__version__}"

_SPACES = (
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("xmp", "http://ns.adobe.com/xap/1.0/"),
    ("pdf", "http://ns.adobe.com/pdf/1.3/"),
    ("pdfaid", "http://www.aiim.org/pdfa/ns/id/"),
    ("pdfuaid", "http://www.aiim.org/pdfua/ns/id/"),
    ("pdfaExtension", "http://www.aiim.org/pdfa/ns/extension/"),
    ("pdfaSchema", "http://www.aiim.org/pdfa/ns/schema#"),
    ("pdfaProperty", "http://www.aiim.org/pdfa/ns/property#"),
)
# PDF/A knows nothing of PDF/UA's mark, so a file that bears both has to describe it.
_UA_SCHEMA = """<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>the part of ISO 14289 that the file keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
"""


@dataclass(frozen=True, slots=True)
class About:
    """Title, authors and so on; `modified` is UTC, ISO 8601, ends in Z, and the moment of making."""

    title: str
    language: str
    modified: str
    identifier: str
    authors: tuple[str, ...] = ()
    description: str = ""
    subjects: tuple[str, ...] = ()
    publisher: str = ""
    rights: str = ""


def about(document: PrintDocument) -> About:
    """What a print document says of its book."""
    metadata = document.metadata
    return About(
        title=metadata.title,
        language=metadata.language,
        modified=document.modified,
        identifier=document.identifier,
        authors=tuple(creator.name for creator in metadata.creators),
        description=metadata.description,
        subjects=metadata.subjects,
        publisher=metadata.publisher,
        rights=metadata.rights,
    )


def information(book: About) -> str:
    """The information dictionary, which older readers show."""
    entries = (
        ("Title", book.title),
        ("Author", ", ".join(book.authors)),
        ("Subject", book.description),
        ("Keywords", ", ".join(book.subjects)),
        ("Creator", _TOOL),
        ("Producer", PRODUCER),
    )
    written = "".join(f"/{key}{text_string(value)}" for key, value in entries if value)
    moment = date(book.modified)
    return f"<<{written}/CreationDate{moment}/ModDate{moment}>>"


def xmp(book: About, standards: Iterable[PdfStandard]) -> bytes:
    """The same as XMP, with the standards that the file claims to keep."""
    kept = frozenset(standards)
    parts = [
        _alternative("dc:title", book.title),
        _listed("dc:creator", "Seq", book.authors),
        _alternative("dc:description", book.description),
        _listed("dc:subject", "Bag", book.subjects),
        _listed("dc:language", "Bag", (book.language,)),
        _listed("dc:publisher", "Bag", (book.publisher,) if book.publisher else ()),
        _alternative("dc:rights", book.rights),
        _plain("dc:identifier", book.identifier),
        _plain("dc:format", "application/pdf"),
        _plain("pdf:Keywords", ", ".join(book.subjects)),
        _plain("pdf:Producer", PRODUCER),
        _plain("xmp:CreatorTool", _TOOL),
        *(
            _plain(f"xmp:{name}", book.modified)
            for name in ("CreateDate", "ModifyDate", "MetadataDate")
        ),
    ]
    if "pdf/ua-1" in kept:
        parts.append(_plain("pdfuaid:part", "1"))
    if "pdf/a-2u" in kept:
        parts += [_plain("pdfaid:part", "2"), _plain("pdfaid:conformance", "U")]
    if len(kept) > 1:
        parts.append(_UA_SCHEMA)
    spaces = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in _SPACES)
    return (
        '<?xpacket begin="\N{ZERO WIDTH NO-BREAK SPACE}" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        f'<rdf:RDF{spaces}>\n<rdf:Description rdf:about="">\n{"".join(parts)}'
        '</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="r"?>'
    ).encode()


def _escaped(text: str) -> str:
    return xml_safe(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _plain(key: str, value: str) -> str:
    return f"<{key}>{_escaped(value)}</{key}>\n" if value else ""


def _alternative(key: str, value: str) -> str:
    if not value:
        return ""
    item = f'<rdf:li xml:lang="x-default">{_escaped(value)}</rdf:li>'
    return f"<{key}><rdf:Alt>{item}</rdf:Alt></{key}>\n"


def _listed(key: str, kind: Literal["Seq", "Bag"], values: Iterable[str]) -> str:
    items = "".join(f"<rdf:li>{_escaped(value)}</rdf:li>" for value in values)
    return f"<{key}><rdf:{kind}>{items}</rdf:{kind}></{key}>\n" if items else ""
