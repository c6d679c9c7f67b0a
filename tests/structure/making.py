"""Manuscripts and books made straight from strings."""

from pathlib import Path

from builder.core.book import Book
from builder.core.config import Config
from builder.core.ledger import check_order, invert, replay
from builder.core.manuscript import Manuscript, Mark, SourceFile
from builder.core.source import BookSource
from builder.core.traversal import project
from builder.structure import PlanFile, Structured, structure


def manuscript_of(
    *texts: str, names: tuple[str, ...] = (), marks: tuple[Mark, ...] = ()
) -> Manuscript:
    """Files one after another, a newline between two."""
    files: list[SourceFile] = []
    whole = ""
    for index, text in enumerate(texts):
        whole += "\n" if index and not whole.endswith("\n") else ""
        name = names[index] if names else f"{index + 1:03}.txt"
        files.append(SourceFile(name, len(whole), len(whole) + len(text), "utf-8"))
        whole += text
    return Manuscript(decoded=whole, text=whole, files=tuple(files), marks=marks)


def source_of(*, title: str = "", author: str = "", slug: str = "shu") -> BookSource:
    return BookSource(Path(slug), Path(), slug, (), title=title, author=author)


def structured(
    manuscript: Manuscript,
    *,
    source: BookSource | None = None,
    config: Config | None = None,
    contents: PlanFile | None = None,
) -> Structured:
    """The book of a manuscript, its layer proved exact."""
    made = structure(
        manuscript,
        config or Config(),
        language="zh-Hans",
        source=source or source_of(),
        contents=contents,
    )
    assert replay(manuscript.text, made.layer) == project(made.book)
    assert replay(project(made.book), invert(made.layer)) == manuscript.text
    check_order(made.layer)
    for edit in made.layer:
        assert edit.rule != "S001" or not edit.before.strip(), edit
        assert edit.rule != "S001" or edit.after in {"", "\n"}, edit
    return made


def book_of(*texts: str, names: tuple[str, ...] = ()) -> Book:
    return structured(manuscript_of(*texts, names=names)).book
