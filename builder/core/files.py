"""Writing files so that nobody ever sees half of one, and finding the styles we ship."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from builder.core.diagnostic import Location
from builder.core.errors import WriteError


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` at `path`, whole or not at all. Raises WriteError B010."""
    write_through(path, lambda file: file.write(content))


def write_through(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Put at `path` what `write` writes into the file it is given, whole or not at all.

    The bytes go to a temporary name in the same folder, are synced and renamed: a crash, a
    full disk or a pulled plug leaves what stood there. Raises WriteError B010.
    """
    temporary = path.with_name(f".{path.name[:40]}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("xb") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise WriteError("B010", location=Location(str(path)), reason=reason) from problem


def sync_folder(folder: Path) -> None:
    """Make a rename last; some systems cannot sync a folder, and then nothing is lost by it."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)


def styles_folder() -> Path:
    """Where the style sheets are: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "styles"
    return installed if installed.is_dir() else package.parent / "styles"


def style(name: str) -> str:
    """The style sheet `name` of ours, such as `epub.css` or `themes/song.css`."""
    return (styles_folder() / name).read_text(encoding="utf-8")
