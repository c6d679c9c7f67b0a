"""A book of random prose with all that pages know: a preface, volumes, chapters of any length."""

from builder.core.book import Book, Metadata, Paragraph, Section, Text
from tests.check.setter import HEADINGS, Setter
from tests.check.writers import HORIZONTAL, VERTICAL

TITLE = "雾里渡"
NUMBERS = "一二三四五六七八九"


def told(
    chapters: int = 4, paragraphs: int = 14, *, seed: int = 5, is_vertical: bool = False
) -> Book:
    """A preface, then volumes of two chapters each, whose headings name them."""
    setter = Setter(seed, VERTICAL if is_vertical else HORIZONTAL)

    def prose(count: int) -> tuple[Paragraph, ...]:
        lengths = setter.random.choices(range(1, 8), k=count)
        return tuple(
            Paragraph((Text("".join(setter.sentence() for _ in range(length))),))
            for length in lengths
        )

    listed = [
        Section(
            "chapter",
            number,
            f"第{NUMBERS[(number - 1) % 9]}章",
            HEADINGS[(number - 1) % len(HEADINGS)],
            prose(paragraphs),
            id=f"ch{number}",
        )
        for number in range(1, chapters + 1)
    ]
    volumes = tuple(
        Section(
            "volume",
            number,
            f"第{NUMBERS[(number - 1) % 9]}卷",
            "",
            (),
            tuple(listed[at : at + 2]),
            id=f"v{number}",
        )
        for number, at in enumerate(range(0, chapters, 2), start=1)
    )
    preface = Section("preface", None, "", "序", prose(3), id="preface")
    return Book(Metadata(TITLE, "zh-Hans"), front=(preface,), body=volumes)
