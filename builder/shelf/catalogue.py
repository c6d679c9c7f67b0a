"""The catalogue of a shelf as files: a page with covers, and feeds (OPDS 1.2) beside it.

They need no server: any that gives out files will do, or none, for the page. Everything is
written whole, and what no longer belongs is taken away; what another put there stays.
"""

import os
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from builder.core.files import style, write_whole
from builder.deliver.holdings import Copy, Holding, Shelf, survey
from builder.deliver.holdings import folded as plain
from builder.deliver.opds import Links, atom_feed, feed_for
from builder.deliver.shelf_page import Twins, static_page
from builder.shelf.covers import COVERS, FOLDER, PAGE, cover_places, draw_covers
from builder.shelf.job import Outcome
from builder.shelf.likeness import Alike, folded

_COVERS_AT_ONCE = 4
# Files that a catalogue may have had before. Examples: all.2.xml, authors-0f3a.xml, 07e4cb.small.jpg.
# Counter-examples: 目录.xml, notes.txt, scan.jpg.
_OURS = re.compile(
    r"(?:index|recent|all|(?:authors|series)(?:-[0-9a-f]+)?)(?:\.[0-9]+)?\.xml"
    r"|[0-9a-f]+(?:\.small)?\.jpg"
)


@dataclass(frozen=True, slots=True)
class _Files(Links):
    """Links between files: a feed is `all.xml`, its second page `all.2.xml`."""

    root: Path = Path()

    @property
    def has_search(self) -> bool:
        """Files answer nobody."""
        return False

    def to(self, path: str, **asked: object) -> str:
        """The name of a feed's file, seen from the others."""
        page = asked.get("page", 1)
        name = path.replace("/", "-") or "index"
        return f"{name}.xml" if page == 1 else f"{name}.{page}.xml"

    def book(self, holding: Holding, copy: Copy) -> str:
        """Where a file of a book is, seen from the feeds."""
        del holding
        return f"../{_address(copy.path, self.root)}"


def write_catalogue(
    root: Path, outcomes: Sequence[Outcome] = (), likeness: Alike | None = None
) -> Path:
    """Write the catalogue of the finished books in `root`; the page's path.

    `outcomes` are those of the books, `likeness` tells which of them have the same text.
    """
    shelf = survey(root, fold=lambda text: folded(plain(text)))
    folder = root / FOLDER
    links = _Files("", lambda one: f"covers/{one.id}", root=root)
    belonging = set(_drawn(shelf, root / COVERS))
    for name, content in _feeds(shelf, links):
        write_whole(folder / name, content)
        belonging.add(folder / name)
    for old in folder.rglob("*.*"):
        if old not in belonging and _OURS.fullmatch(old.name) and old.is_file():
            old.unlink()

    def hrefs(one: Holding) -> tuple[str, list[tuple[str, str]]]:
        cover = f"{FOLDER}/covers/{one.id}.small.jpg" if one.about.cover else ""
        files = [(copy.ending[1:], _address(copy.path, root)) for copy in one.copies]
        return cover, files

    page = static_page(
        shelf, hrefs, style("shelf.css"), f"{FOLDER}/index.xml",
        alike=_twins(shelf, outcomes, likeness or Alike()),
    )  # fmt: skip
    write_whole(root / PAGE, page.encode())
    return root / PAGE


def _drawn(shelf: Shelf, folder: Path) -> Iterator[Path]:
    """The covers, written into `folder` where they are older than their books, or missing."""
    wanted = [one for one in shelf.holdings if one.about.cover]
    # Mostly who built the book has drawn them; and Pillow and the disk work beside each other.
    with ThreadPoolExecutor(max_workers=_COVERS_AT_ONCE) as beside:
        for drawn in beside.map(lambda one: _cover_files(one, folder), wanted):
            yield from drawn


def _cover_files(one: Holding, folder: Path) -> tuple[Path, ...]:
    places = cover_places(folder, one.id)
    if not all(_is_newer(place, one) for place in places):
        source = next((copy.path for copy in one.copies if copy.ending.endswith(".epub")), None)
        draw_covers(source, one.about.cover, places)
    return places


def _twins(shelf: Shelf, outcomes: Sequence[Outcome], likeness: Alike) -> list[Twins]:
    """What has the same text as what, by the books that stand on the shelf."""
    holders = {copy.path: one for one in shelf.holdings for copy in one.copies}
    of: dict[int, Holding] = {}
    for index, outcome in enumerate(outcomes):
        found = (holders.get(Path(file)) for file in outcome.files)
        if holding := next(filter(None, found), None):
            of[index] = holding
    same = [Twins(tuple(of[one] for one in group if one in of)) for group in likeness.same]
    parts = [
        Twins((of[part.book],), of[part.of], part.share)
        for part in likeness.parts
        if part.book in of and part.of in of
    ]
    return [one for one in same if len(one.books) > 1] + parts


def _feeds(shelf: Shelf, links: Links) -> Iterator[tuple[str, bytes]]:
    groups = [f"authors/{one.id}" for one in shelf.authors]
    groups += [f"series/{one.id}" for one in shelf.series]
    for path in ("", "recent", "all", "authors", "series", *groups):
        page = 1
        while feed := feed_for(shelf, links, path, page=page):
            yield links.to(path, page=page), atom_feed(feed, links)
            if page == feed.pages:
                break
            page += 1


def _address(file: Path, root: Path) -> str:
    """Where a file is, seen from `root`; by its bytes, since names need not be UTF-8."""
    return quote(os.fsencode(file.relative_to(root).as_posix()))


def _is_newer(cover: Path, one: Holding) -> bool:
    """Whether a cover was drawn after its book was made."""
    try:
        return cover.stat().st_mtime_ns > max(copy.stamp for copy in one.copies)
    except OSError:
        return False
