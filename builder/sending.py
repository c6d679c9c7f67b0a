"""`builder send`: which file goes to which device, made when it is not there yet.

A target is the name of a device, the folder of a drive, or an address of mail. A finished file
that the target reads goes as it is; anything else is a book, and the edition for the target is
built first.
"""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from builder.core.config import Config, MailConfig, load, with_environment, with_options
from builder.core.devices import DEVICES
from builder.core.diagnostic import Diagnostic, Location
from builder.core.errors import ConfigError, DeliverError, DependencyError, SourceError
from builder.core.events import Listener, ignore
from builder.deliver import (
    Copied,
    Letter,
    Listed,
    Reader,
    back_up,
    copy_to,
    device_name,
    find_readers,
    letters,
    list_series,
    mail,
    reader_at,
)
from builder.pipeline import build
from builder.settings import BuildOptions, device_named, state_folder, user_settings

PASSWORD = "BUILDER_PASSWORD"  # noqa: S105  (the name of a variable, no password)
_KEYRING = "ebook-builder"
# Files that are finished, and go as they are.
_FINISHED = (".kepub.epub", ".epub", ".azw3", ".pdf", ".mobi")
# What each kind of reader is best given by cable.
_WANTED = {"kobo": "kepub", "kindle": "azw3"}
Form = Literal["epub", "kepub", "azw3", "pdf", "txt", "md", ""]


@dataclass(frozen=True, slots=True)
class Target:
    """Where books go: the folder of a drive, or an address. `device` is a profile, if one is known."""

    kind: str
    folder: Path | None = None
    address: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent, or would be: `copied` by cable, `mails` by mail. `listed` is what a Kobo's own
    list was told, when that was asked for.
    """

    copied: tuple[Copied, ...] = ()
    mails: tuple[Letter, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    listed: Listed | None = None


def send(
    books: Sequence[Path],
    to: str,
    options: BuildOptions,
    *,
    listener: Listener = ignore,
    places: Iterable[Path] = (),
    is_rehearsal: bool = False,
    lists_series: bool = False,
) -> Sent:
    """Send `books` to the target `to`; with `is_rehearsal` everything but the sending is done.

    With `lists_series` a Kobo's own list is told their series, after a copy of it is kept.
    Raises BuilderError; books that were copied before stay.
    """
    target = target_of(to, places)
    if lists_series and target.kind != "kobo":
        raise DeliverError("D022", location=Location(to))
    with _files(books, target, options, listener) as (files, told):
        if target.folder is None:
            settings = mail_settings(options)
            written = letters(files, target.address, settings)
            if not is_rehearsal:
                mail(written, settings, _password(settings, options))
            return Sent(mails=written, diagnostics=told)
        if is_rehearsal:
            found = [
                Copied(target.folder / name, path.stat().st_size, is_update=False)
                for name, path in files
            ]
            return Sent(copied=tuple(found), diagnostics=told)
        backup = back_up(target.folder, _backups(target, options)) if lists_series else None
        copied = tuple(copy_to(path, target.folder, name) for name, path in files)
        listed = None
        if backup:
            listed = list_series(target.folder, [one.path for one in copied], backup)
        return Sent(copied=copied, diagnostics=told, listed=listed)


def _backups(target: Target, options: BuildOptions) -> Path:
    """Where copies of a reader's list are kept: on this machine, else beside the list."""
    folder = state_folder(options.environment)
    return folder / "kobo" if folder else (target.folder or Path()) / ".kobo" / "ebook-builder"


def target_of(to: str, places: Iterable[Path] = ()) -> Target:
    """What `to` means: an address, a folder, or a device that is plugged in.

    Raises DeliverError D001 when no such device is, D002 when several are; ConfigError B060.
    """
    path = Path(to).expanduser()
    if path.is_dir():
        reader = reader_at(path)
        if reader is None:
            return Target("drive", path)
        known = reader.kind if reader.kind in DEVICES else ""
        return Target(reader.kind, reader.books, device=known)
    if "@" in to and "/" not in to:
        is_kindle = to.rpartition("@")[2].lower().endswith("kindle.com")
        return Target("mail", address=to, device="kindle" if is_kindle else "")
    if "/" in to or "\\" in to:
        raise DeliverError("D007", location=Location(to))
    device = device_named(to)
    found = [one for one in find_readers(places) if one.kind == device.family]
    if not found:
        raise DeliverError("D009" if device.family == "kindle" else "D001", name=to)
    if len(found) > 1:
        raise DeliverError("D002", name=to, places=", ".join(str(one.root) for one in found))
    return Target(device.family, found[0].books, device=device.name)


def readers(places: Iterable[Path] = ()) -> tuple[Reader, ...]:
    """The e-readers that are plugged in."""
    return find_readers(places)


def mail_settings(options: BuildOptions) -> MailConfig:
    """[mail], from the user's own settings, the environment and --set; never from a book's."""
    config = Config()
    if shelf := user_settings(options.environment):
        config = load(shelf, config)
    config = with_environment(config, options.environment)
    return with_options(config, [one for one in options.settings if one.startswith("mail.")]).mail


def _password(settings: MailConfig, options: BuildOptions) -> str:
    """From the environment or the system's keyring. Raises ConfigError D016 when neither has it."""
    if not settings.user:
        return ""
    if given := options.environment.get(PASSWORD):
        return given
    try:
        import keyring

        kept = keyring.get_password(_KEYRING, settings.user)
    except Exception:  # noqa: BLE001  (no keyring, or none that can be asked: say what else there is)
        kept = None
    if not kept:
        raise ConfigError("D016", user=settings.user, variable=PASSWORD, service=_KEYRING)
    return str(kept)


@contextmanager
def _files(
    books: Sequence[Path], target: Target, options: BuildOptions, listener: Listener
) -> Iterator[tuple[list[tuple[str, Path]], tuple[Diagnostic, ...]]]:
    """The finished files of `books` for `target`, each with the name that it shall have."""
    files: list[tuple[str, Path]] = []
    told: list[Diagnostic] = []
    with tempfile.TemporaryDirectory(prefix="ebook-builder-") as name:
        for number, book in enumerate(books):
            if _is_finished(book, options):
                files.append(_as_it_is(book, target, Path(name, f"{number}.azw3")))
                continue
            own = replace(
                options, out=Path(name, str(number)), device=options.device or target.device
            )
            if not own.formats:
                own = replace(own, formats=(_format(target),))
            result = build(book, own, listener)
            told += result.diagnostics
            files += [(_plain_name(file.path.name, own.device), file.path) for file in result.files]
        yield [(device_name(name), path) for name, path in files], tuple(told)


def _is_finished(book: Path, options: BuildOptions) -> bool:
    """Whether a book is a finished file, and nothing was asked that would change it."""
    asks = options.to or options.formats or options.vertical or options.device or options.pinyin
    is_file = book.is_file() and book.name.lower().endswith(_FINISHED)
    if not book.exists():
        raise SourceError("R001", location=Location(str(book)))
    return is_file and not asks


def _as_it_is(book: Path, target: Target, converted: Path) -> tuple[str, Path]:
    """A finished file; an EPUB for a Kindle on a cable becomes what that reads."""
    ending = book.suffix.lower()
    if target.kind != "kindle" or ending != ".epub":
        return book.name, book
    from builder.epub import epub_to_azw3

    stem = book.name[: -len(ending)].removesuffix(".kepub")
    azw3 = epub_to_azw3(
        book.read_bytes(), title="", identifier=stem, modified="2000-01-01T00:00:00Z"
    )
    converted.write_bytes(azw3)
    return f"{stem}.azw3", converted


def _format(target: Target) -> str:
    """What a target is best given. Raises DependencyError D008 for a Kindle without calibre."""
    if target.device and target.kind not in _WANTED:
        return DEVICES[target.device].software.book_format
    form = _WANTED.get(target.kind, "epub")
    if form == "azw3":
        from builder.epub import converter

        if not converter():
            raise DependencyError("D008")
    return form


def _plain_name(name: str, device: str) -> str:
    """An edition's name on the device that it is for, which need not say so."""
    return name.replace(f".{device}.", ".", 1) if device else name
