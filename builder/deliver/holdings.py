"""What stands on a shelf: the finished books of a folder, with what their files say of them.

Editions of a book are holdings of their own (水账, 水账.zh-Hant); the formats of one edition are
its copies. Files are read once and again only when they change.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from unicodedata import normalize

from builder.deliver.package import Described, Person, described

# Endings, longest first, and what each is on the wire.
MEDIA_TYPES: Mapping[str, str] = {
    ".kepub.epub": "application/kepub+zip",
    ".epub": "application/epub+zip",
    ".azw3": "application/vnd.amazon.ebook",
    ".mobi": "application/x-mobipocket-ebook",
    ".pdf": "application/pdf",
    ".txt": "text/plain; charset=utf-8",
}
# The order in which a reader is offered them: what most can open comes first.
_RANK = (".epub", ".kepub.epub", ".pdf", ".azw3", ".mobi", ".txt")
_DEEPEST = 6
MOST_FILES = 100_000
NEVER = "2000-01-01T00:00:00Z"
_ID_BYTES = 12


Fold = Callable[[str], str]


def folded(text: str) -> str:
    """`text` as it is compared: without case and width."""
    return normalize("NFKC", text).casefold()


@dataclass(frozen=True, slots=True)
class Copy:
    """One file of a holding; `ending` is a key of MEDIA_TYPES."""

    path: Path
    ending: str
    size_bytes: int
    stamp: int

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.ending]


@dataclass(frozen=True, slots=True)
class Holding:
    """A book on the shelf. `id` says nothing of where it lies; `modified` is UTC, ISO 8601."""

    id: str
    about: Described
    copies: tuple[Copy, ...]
    modified: str
    stem: str

    @property
    def title(self) -> str:
        return self.about.title or self.stem

    @property
    def order(self) -> tuple[str, ...]:
        """Where it stands among others: by title as shelves sort it, then by number in a series."""
        return (folded(self.about.file_as or self.title), self.stem)


@dataclass(frozen=True, slots=True)
class Group:
    """Holdings that belong together: those of an author or of a series."""

    id: str
    name: str
    order: str
    holdings: tuple[Holding, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Shelf:
    """All holdings of a folder, in every order that people look for them.

    `texts` are what is searched of each of `holdings`, `fold` makes words comparable with them.
    """

    holdings: tuple[Holding, ...] = field(default=(), repr=False)
    recent: tuple[Holding, ...] = field(default=(), repr=False)
    authors: tuple[Group, ...] = field(default=(), repr=False)
    series: tuple[Group, ...] = field(default=(), repr=False)
    by_id: Mapping[str, Holding] = field(default_factory=dict, repr=False)
    texts: tuple[str, ...] = field(default=(), repr=False)
    fold: Fold = field(default=folded, repr=False)
    updated: str = NEVER


Known = Mapping[tuple[Path, int, int], Described]


def survey(
    root: Path, *, secret: bytes = b"", known: Known | None = None, fold: Fold = folded
) -> Shelf:
    """The shelf that `root` is. `secret` makes the ids; `known` is what files said before; `fold`
    makes words comparable.

    Links that lead out of `root` and hidden files are passed by; a file that cannot be read has
    its name for a title.
    """
    groups: dict[tuple[Path, str], list[Copy]] = {}
    for copy in _copies(root):
        stem = copy.path.name[: -len(copy.ending)]
        groups.setdefault((copy.path.parent, stem), []).append(copy)
    found = [
        _holding(root, folder, stem, copies, secret, known or {})
        for (folder, stem), copies in groups.items()
    ]
    return arranged(found, fold)


def arranged(holdings: Iterable[Holding], fold: Fold = folded) -> Shelf:
    """A shelf of `holdings`."""
    ordered = tuple(sorted(holdings, key=lambda one: one.order))
    recent = tuple(sorted(ordered, key=lambda one: (one.modified, one.id), reverse=True))
    people = ((person, one) for one in ordered for person in one.about.makers)
    return Shelf(
        ordered,
        recent,
        authors=_groups((((person.name, person.file_as), one) for person, one in people), fold),
        series=_series(ordered, fold),
        by_id={one.id: one for one in ordered},
        texts=tuple(fold(_searched(one)) for one in ordered),
        fold=fold,
        updated=recent[0].modified if recent else NEVER,
    )


def known_in(shelf: Shelf) -> Known:
    """What the files of `shelf` said, to survey it again."""
    return {
        (copy.path, copy.stamp, copy.size_bytes): one.about
        for one in shelf.holdings
        for copy in one.copies
    }


def search(shelf: Shelf, words: str) -> tuple[Holding, ...]:
    """The holdings in which each of `words` stands: in a title, a name, a series, a subject."""
    wanted = shelf.fold(words).split()
    found = zip(shelf.holdings, shelf.texts, strict=True)
    return tuple(one for one, text in found if all(word in text for word in wanted))


def _searched(one: Holding) -> str:
    about = one.about
    names = [name for person in about.makers for name in (person.name, person.file_as)]
    return "\t".join([one.title, about.file_as, *names, about.series, *about.subjects])


def _copies(root: Path) -> Iterator[Copy]:
    """Finished files of `root` and below, in no order."""
    waiting = [(root, 0)]
    count = 0
    while waiting:
        folder, depth = waiting.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False) and depth < _DEEPEST:
                waiting.append((Path(entry.path), depth + 1))
            elif entry.is_file(follow_symlinks=False) and (ending := ending_of(entry.name)):
                count += 1
                if count > MOST_FILES:
                    return
                told = entry.stat(follow_symlinks=False)
                yield Copy(Path(entry.path), ending, told.st_size, told.st_mtime_ns)


def holding_id(root: Path, folder: Path, stem: str, *, secret: bytes = b"") -> str:
    """What the holding `stem` in `folder` is known by on the shelf `root`."""
    place = f"{folder.relative_to(root)}/{stem}".encode("utf-8", "surrogateescape")
    return hashlib.blake2b(place, key=secret[:64], digest_size=_ID_BYTES).hexdigest()


def ending_of(name: str) -> str:
    """Which of MEDIA_TYPES a file is; "" when none."""
    lowered = name.lower()
    return next((ending for ending in MEDIA_TYPES if lowered.endswith(ending)), "")


def _holding(
    root: Path, folder: Path, stem: str, copies: list[Copy], secret: bytes, known: Known
) -> Holding:
    ranked = sorted(copies, key=lambda copy: _RANK.index(copy.ending))
    newest = max(copy.stamp for copy in copies) / 1e9
    return Holding(
        holding_id(root, folder, stem, secret=secret),
        next((said for copy in ranked if (said := _said(copy, known)).title), Described()),
        tuple(ranked),
        datetime.fromtimestamp(newest, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        stem.encode("utf-8", "replace").decode("utf-8"),
    )


def _said(copy: Copy, known: Known) -> Described:
    before = known.get((copy.path, copy.stamp, copy.size_bytes))
    return described(copy.path) if before is None else before


def _series(holdings: Iterable[Holding], fold: Fold) -> tuple[Group, ...]:
    """Series with their books in order, sorted as their first books are by title."""
    groups = []
    for group in _groups((((one.about.series, ""), one) for one in holdings if one.about.series), fold):  # fmt: skip
        books = sorted(group.holdings, key=lambda one: (one.about.position, one.order))
        groups.append(Group(group.id, group.name, books[0].order[0], tuple(books)))
    return tuple(sorted(groups, key=lambda group: (group.order, group.name)))


def _groups(named: Iterable[tuple[tuple[str, str], Holding]], fold: Fold) -> tuple[Group, ...]:
    """Holdings by a name; names that `fold` makes alike are one, written as it comes first."""
    members: dict[str, list[Holding]] = {}
    orders: dict[str, str] = {}
    written: dict[str, str] = {}
    for (spelt, file_as), one in named:
        name = written.setdefault(fold(spelt), spelt)
        mine = members.setdefault(name, [])
        if not mine or mine[-1] is not one:
            mine.append(one)
        orders.setdefault(name, folded(file_as or name))
    groups = [
        Group(
            hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=_ID_BYTES).hexdigest(),
            name,
            orders[name],
            tuple(books),
        )
        for name, books in members.items()
    ]
    return tuple(sorted(groups, key=lambda group: (group.order, group.name)))


__all__ = [
    "MEDIA_TYPES", "Copy", "Described", "Group", "Holding", "Known", "Person", "Shelf",
    "arranged", "ending_of", "folded", "holding_id", "known_in", "search", "survey",
]  # fmt: skip
