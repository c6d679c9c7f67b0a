"""`builder impose`: sheets to print beside a PDF, and a picture that shows how to fold them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from builder.core.diagnostic import Diagnostic, Location
from builder.core.errors import ConfigError, WriteError
from builder.core.files import write_through_together

if TYPE_CHECKING:
    from builder.impose import Imposed, Part, Wishes

# What a file of sheets is called after its book.
_ENDINGS = {"saddle": "booklet", "sewn": "signatures", "perfect": "signatures", "stack": "stack"}


@dataclass(frozen=True, slots=True)
class SheetFile:
    """A finished file of sheets."""

    part: "Part"
    path: Path
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Bound:
    """What was made; `picture` is None when none was asked for."""

    imposed: "Imposed"
    wishes: "Wishes"
    files: tuple[SheetFile, ...]
    picture: Path | None
    sketch: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


def impose_file(
    path: Path,
    wishes: "Wishes",
    *,
    out: Path | None = None,
    draws: bool = True,
    force: bool = False,
) -> Bound:
    """Impose the PDF at `path` and write its sheets to `out`, or beside it.

    Raises what `builder.impose.impose` raises; ConfigError Q012 when `out` is not called a PDF;
    WriteError Q010 over a file that was not made here, unless `force` says so, Q011 over the PDF
    itself.
    """
    from builder.core.catalogue import say
    from builder.impose import impose
    from builder.impose.picture import folding_picture
    from builder.impose.sketch import sketch

    target = out or path.with_name(f"{path.stem}.{_ENDINGS[wishes.binding]}.pdf")
    if target.suffix.lower() != ".pdf":
        raise ConfigError("Q012", location=Location(str(target)), name=target.name)
    with impose(path, wishes) as imposed:
        places = {part: _place(target, part) for part in imposed.parts}
        picture = target.with_suffix(".folding.png") if draws else None
        for place in (*places.values(), *([picture] if picture else [])):
            _require_free(place, path, force=force)
        ground, plan = imposed.ground, imposed.plan
        written: list[tuple[Path, Callable[[BinaryIO], object]]] = [
            (place, partial(imposed.write, part)) for part, place in places.items()
        ]
        if picture:
            shown = folding_picture(plan, ground.cell_width / ground.cell_height)
            written.append((picture, lambda file: file.write(shown)))
        write_through_together(written)
    files = tuple(SheetFile(part, file, file.stat().st_size) for part, file in places.items())
    drawn = sketch(plan, front=say("impose.front"), back=say("impose.back"))
    return Bound(imposed, wishes, files, picture, drawn, imposed.diagnostics)


def _place(target: Path, part: "Part") -> Path:
    return target if part == "all" else target.with_suffix(f".{part}.pdf")


def _require_free(place: Path, source: Path, *, force: bool) -> None:
    """Raise WriteError unless nothing stands at `place`, or what was made here."""
    from builder.impose import is_imposed
    from builder.impose.picture import is_folding_picture

    if not place.exists():
        return
    if place.samefile(source):
        raise WriteError("Q011", location=Location(str(place)))
    if force or not place.is_file():
        return
    is_ours = (
        is_folding_picture(place.read_bytes()) if place.suffix == ".png" else is_imposed(place)
    )
    if not is_ours:
        raise WriteError("Q010", location=Location(str(place)))
