"""A finished book leaves the studio: onto the shelf that is served, or onto a plugged-in reader."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Literal

from builder.core.errors import DeliverError, SourceError
from builder.core.files import write_whole
from builder.deliver import Reader, back_up, copy_to, list_series
from builder.sending import readers
from builder.studio.desk import Draft
from builder.studio.printing import WRAP

SHELVED = "shelved.json"
# What each kind of reader is best given, of what was made.
_BEST = {"kobo": (".kepub.epub", ".epub", ".pdf"), "kindle": (".azw3", ".pdf")}
_ELSE = (".epub", ".pdf", ".txt")
# What became of a book in a Kobo's own list: its series stands there, the Kobo has not taken the
# book in yet, or the book says nothing of a series.
Listing = Literal["written", "unknown", "alone"]
_SHELF_ENDINGS = (".kepub.epub", ".epub", ".pdf", ".azw3", ".txt")


def shelve(draft: Draft, shelf: Path) -> tuple[str, ...]:
    """Put a book's finished files on the shelf; returns their names there.

    What this book put there before is renewed; a file of anybody else stays, and this book's gets
    a number. Raises SourceError W018 when there is nothing to put.
    """
    files = [path for path in _books(draft) if path.name.endswith(_SHELF_ENDINGS)]
    if not files:
        raise SourceError("W018")
    before = draft.noted(SHELVED) or {}
    number = _free_number(files, set(before.values()), shelf)
    names = {path.name: _numbered(path.name, number) for path in files}
    for path in files:
        write_whole(shelf / names[path.name], path.read_bytes())
    for gone in set(before.values()) - set(names.values()):
        (shelf / Path(gone).name).unlink(missing_ok=True)
    draft.note(SHELVED, names)
    return tuple(names.values())


def _books(draft: Draft) -> tuple[Path, ...]:
    """Finished files that are read, not only printed."""
    return tuple(path for path in draft.finished() if not path.name.endswith(WRAP))


def _free_number(files: Sequence[Path], own: set[str], shelf: Path) -> int:
    """The first number with which no file stands on one of somebody else."""
    number = 1
    while any(
        (name := _numbered(path.name, number)) not in own and (shelf / name).exists()
        for path in files
    ):
        number += 1
    return number


def _numbered(name: str, number: int) -> str:
    """水账.epub → 水账 (2).epub; the first has no number."""
    if number == 1:
        return name
    ending = next(one for one in _SHELF_ENDINGS if name.endswith(one))
    return f"{name.removesuffix(ending)} ({number}){ending}"


def code(address: str) -> bytes:
    """An address as a code to scan: a picture in SVG."""
    import segno

    stream = BytesIO()
    segno.make(address, error="m").save(stream, kind="svg", scale=5, border=4, light="#fff")
    return stream.getvalue()


def devices() -> list[dict[str, str]]:
    """The readers that are plugged into this machine."""
    return [{"kind": one.kind, "name": one.name, "place": str(one.root)} for one in readers()]


def send(draft: Draft, place: str) -> str:
    """Copy the file that suits a plugged-in reader onto it; returns its name there.

    Raises DeliverError W019 when it is no longer there, SourceError W018 when there is no file for
    it, and what `copy_to` raises.
    """
    return _copied(draft, _plugged_in(place)).name


def send_with_series(draft: Draft, place: str, backups: Path | None) -> tuple[str, Listing]:
    """The same, and a Kobo's own list is told the series of the book, after a copy of the list is
    kept in `backups`, or beside it.

    Raises DeliverError D022 for other readers, and what `back_up` and `list_series` raise.
    """
    reader = _plugged_in(place)
    if reader.kind != "kobo":
        raise DeliverError("D022")
    backup = back_up(reader.root, backups or reader.root / ".kobo" / "ebook-builder")
    path = _copied(draft, reader)
    listed = list_series(reader.root, [path], backup)
    if listed.written:
        return path.name, "written"
    return path.name, "unknown" if listed.unknown else "alone"


def _plugged_in(place: str) -> Reader:
    reader = next((one for one in readers() if str(one.root) == place), None)
    if reader is None:
        raise DeliverError("W019")
    return reader


def _copied(draft: Draft, reader: Reader) -> Path:
    """Where the file that suits a reader stands on it now."""
    made = _books(draft)
    for ending in _BEST.get(reader.kind, _ELSE):
        for path in made:
            is_other = ending == ".epub" and path.name.endswith(".kepub.epub")
            if path.name.endswith(ending) and not is_other:
                return copy_to(path, reader.books, path.name).path
    raise SourceError("W018")
