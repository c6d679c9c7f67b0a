"""Shelves of small EPUBs, and the server over them, for tests."""

import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image

from builder.studio import Serving, prepare, run

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
    '<rootfiles><rootfile full-path="EPUB/package.opf"'
    ' media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def package(title: str, author: str, series: str = "", position: int = 0, file_as: str = "") -> str:
    collection = (
        f'<meta property="belongs-to-collection" id="s">{series}</meta>'
        f'<meta refines="#s" property="group-position">{position}</meta>'
        if series
        else ""
    )
    sort = f'<meta refines="#t" property="file-as">{file_as}</meta>' if file_as else ""
    return (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="i">urn:isbn:9787020000012</dc:identifier><dc:title id="t">{title}</dc:title>'
        f"<dc:creator>{author}</dc:creator><dc:language>zh-Hans</dc:language>"
        f"<dc:subject>小说</dc:subject><dc:description>渡口的故事 &amp; 别的。</dc:description>"
        f"{sort}{collection}</metadata><manifest>"
        '<item id="c" href="cover.jpg" media-type="image/jpeg" properties="cover-image"/>'
        "</manifest><spine/></package>"
    )


def cover() -> bytes:
    stream = BytesIO()
    Image.new("RGB", (600, 900), "#7a1f1f").save(stream, "JPEG")
    return stream.getvalue()


COVER = cover()


def put_book(folder: Path, name: str, opf: str) -> Path:
    """A small EPUB whose package document is `opf`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("EPUB/package.opf", opf)
        archive.writestr("EPUB/cover.jpg", COVER)
    return path


@contextmanager
def served(
    root: Path,
    *,
    password: str = "",
    secret: bytes = b"s" * 32,
    state: Path | None = None,
    lan: bool = False,
) -> Iterator[str]:
    """The shelf at `root` over real HTTP; yields its address on this machine, ending in a slash."""
    serving: Serving = prepare(root, port=0, password=password, secret=secret, state=state, lan=lan)
    stopped = threading.Event()
    thread = threading.Thread(target=run, args=(serving,), kwargs={"is_stopped": stopped.is_set})
    thread.start()
    try:
        yield serving.addresses[-1]
    finally:
        stopped.set()
        thread.join(10)
        serving.listening.close()
