"""An image without a source, or whose file is missing."""

from pathlib import Path

from builder.check.package import open_package
from builder.check.validity import faults
from tests.check.books import chapter, place, write_epub


def test_images_that_show_nothing_are_found(tmp_path: Path) -> None:
    path = write_epub(
        tmp_path / "a.epub",
        {
            "EPUB/c1.xhtml": chapter().replace(
                "</section>", '<img alt="甲"/><img alt="乙" src="none.png"/></section>'
            )
        },
    )
    found = [one for one in faults(open_package(path)) if one.code == "K109"]
    assert [(place(one), str(one.severity), one.message) for one in found] == [
        ("EPUB/c1.xhtml", "error", 'an image shows nothing: src=""'),
        ("EPUB/c1.xhtml", "error", 'an image shows nothing: src="none.png"'),
    ]


def test_an_image_is_not(tmp_path: Path) -> None:
    path = write_epub(
        tmp_path / "a.epub",
        {
            "EPUB/c1.xhtml": chapter().replace(
                "</section>", '<img alt="甲" src="cover.svg"/></section>'
            )
        },
    )
    assert "K109" not in [one.code for one in faults(open_package(path))]
