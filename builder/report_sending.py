"""What `builder devices` and `builder send` report: for people, and as data for programs."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from builder.console import human_size
from builder.core.catalogue import say
from builder.report import Report, diagnostics_report

if TYPE_CHECKING:
    from builder.deliver import Copied, Listed, Reader
    from builder.sending import Sent

# What each kind of reader likes best by cable.
LIKED = {"kobo": "kepub", "kindle": "azw3"}


def reader_headings() -> list[str]:
    return [say(f"devices.heading.{name}") for name in ("kind", "where", "format", "free")]


def reader_rows(readers: "Sequence[Reader]") -> list[list[str]]:
    """One row a reader: what it is, where, what it likes, how much room it has."""
    rows = []
    for one in readers:
        kind = say(f"devices.kind.{one.kind}")
        shown = kind if one.can_write else say("devices.locked", kind=kind)
        rows.append([shown, str(one.root), LIKED.get(one.kind, "epub"), human_size(one.free_bytes)])
    return rows


def readers_report(readers: "Sequence[Reader]") -> Report:
    """The readers as plain data."""
    return {
        "devices": [
            {
                "kind": one.kind,
                "path": str(one.root),
                "books": str(one.books),
                "format": LIKED.get(one.kind, "epub"),
                "free_bytes": one.free_bytes,
                "can_write": one.can_write,
            }
            for one in readers
        ]
    }


def sent_lines(sent: "Sent", *, is_rehearsal: bool) -> Iterator[str]:
    """What was sent, for people."""
    for copy in sent.copied:
        yield say(_key(copy, is_rehearsal), path=copy.path, size=human_size(copy.size_bytes))
    if sent.listed:
        yield from _listed_lines(sent.listed)
    if sent.copied and not is_rehearsal:
        yield say("sent.safe")
    for letter in sent.mails:
        yield say(
            "sent.would_mail" if is_rehearsal else "sent.mailed",
            to=letter.to,
            names=", ".join(letter.names),
            size=human_size(len(letter.content)),
        )


def _listed_lines(listed: "Listed") -> Iterator[str]:
    """What a Kobo's own list was told."""
    for key, paths in (
        ("sent.listed", listed.written), ("sent.unknown", listed.unknown),
        ("sent.alone", listed.alone),
    ):  # fmt: skip
        for path in paths:
            yield say(key, name=path.name)
    yield say("sent.backup", path=listed.backup)


def sent_report(sent: "Sent", *, is_rehearsal: bool) -> Report:
    """What was sent, as plain data."""
    return {
        "sent": not is_rehearsal,
        "files": [
            {
                "path": str(copy.path),
                "bytes": copy.size_bytes,
                "update": copy.is_update,
                "same": copy.is_same,
            }
            for copy in sent.copied
        ],
        "mails": [
            {"to": letter.to, "names": list(letter.names), "bytes": len(letter.content)}
            for letter in sent.mails
        ],
        "series": _listed_report(sent.listed) if sent.listed else None,
        "diagnostics": diagnostics_report(sent.diagnostics),
    }


def _listed_report(listed: "Listed") -> Report:
    return {
        "written": [str(path) for path in listed.written],
        "unknown": [str(path) for path in listed.unknown],
        "none": [str(path) for path in listed.alone],
        "backup": str(listed.backup),
    }


def _key(copy: "Copied", is_rehearsal: bool) -> str:  # noqa: FBT001  (a private helper of two lines)
    if is_rehearsal:
        return "sent.would"
    if copy.is_same:
        return "sent.same"
    return "sent.updated" if copy.is_update else "sent.copied"
