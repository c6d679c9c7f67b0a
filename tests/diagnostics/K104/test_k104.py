"""A note mark, a contents entry or a link that leads nowhere."""

from pathlib import Path

from builder.check.package import open_package
from builder.check.validity import faults
from tests.check.books import NOTES, chapter, place, write_epub


def test_a_broken_note_anchor_is_found(tmp_path: Path) -> None:
    path = write_epub(
        tmp_path / "a.epub", {"EPUB/c1.xhtml": chapter().replace('id="n2"', 'id="n3"')}
    )
    found = [one for one in faults(open_package(path)) if one.code == "K104"]
    assert [(place(one), str(one.severity), one.message) for one in found] == [
        ("EPUB/c1.xhtml", "error", "#n2 leads nowhere"),
    ]


def test_a_whole_note_and_a_link_to_the_web_are_not(tmp_path: Path) -> None:
    path = write_epub(
        tmp_path / "a.epub",
        {
            "EPUB/c1.xhtml": chapter().replace(
                NOTES[0], '<a href="https://example.org/a#b">渡船</a>'
            )
        },
    )
    assert "K104" not in [one.code for one in faults(open_package(path))]
