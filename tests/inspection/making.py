"""Small books with their manuscripts, made by hand so that no other room is needed."""

from collections.abc import Mapping, Sequence

from builder.core.book import Block, Book, Metadata, Paragraph, Section, Text, Verse
from builder.core.diagnostic import Diagnostic
from builder.core.ledger import Edit, Layer, Ledger, replay
from builder.core.manuscript import Manuscript, SourceFile
from builder.core.span import Span
from builder.inspection import Examination, examine
from builder.inspection.passages import Passages

Chapter = tuple[str, Sequence[str]]


def book_of(*chapters: Chapter) -> tuple[Book, Manuscript]:
    """Chapters of (title, paragraphs), one line each; a paragraph that starts with ／ is a poem."""
    lines: list[str] = []
    sections: list[Section] = []
    position = 0

    def add(line: str) -> Span:
        nonlocal position
        lines.append(line)
        span = Span(position, position + len(line))
        position += len(line) + 1
        return span

    for number, (title, paragraphs) in enumerate(chapters, 1):
        start = add(title)
        blocks = tuple(block_of(line, add(line)) for line in paragraphs)
        sections.append(
            Section("chapter", number, "", title, blocks, id=f"c{number}",
                    span=Span(start.start, position - 1))
        )  # fmt: skip
    text = "\n".join(lines)
    manuscript = Manuscript(text, text, (SourceFile("a.txt", 0, len(text), "utf-8"),))
    return Book(Metadata("渡口", "zh-Hans"), body=tuple(sections)), manuscript


def block_of(line: str, span: Span) -> Block:
    if line.startswith("／"):
        return Verse(((Text(line),),), span)
    return Paragraph((Text(line),), span=span)


def passages_of(*chapters: Chapter) -> Passages:
    return Passages(*book_of(*chapters))


def examination_of(
    *chapters: Chapter,
    kinds: Mapping[str, str] | None = None,
    diagnostics: Sequence[Diagnostic] = (),
    removed: Sequence[tuple[str, str]] = (),
) -> Examination:
    """What an inspection finds; `removed` are (rule, line) taken out of the source's end."""
    book, manuscript = book_of(*chapters)
    decoded, layers = manuscript.text, []
    for _, line in reversed(removed):
        decoded += f"\n{line}"
    text = decoded
    for rule, line in removed:
        start = text.rindex(f"\n{line}")
        layer = Layer.of("normalize", [Edit(rule, start, start + len(line) + 1, f"\n{line}", "")])
        text = replay(text, layer)
        layers.append(layer)
    assert text == manuscript.text
    files = (SourceFile("a.txt", 0, len(decoded), "gb18030", 0.87),)
    whole = Manuscript(decoded, text, files, tuple(layers))
    ledger = Ledger().then(*layers)
    return examine(book, whole, ledger, kinds=kinds or {}, diagnostics=diagnostics)
