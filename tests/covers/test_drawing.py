"""Every design sets every title on the page, the same each time, and by choice or by chance."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from builder.core.book import Asset, Book, Creator, Metadata, Series
from builder.core.choices import COVER_DESIGNS, CoverDesign
from builder.core.config import Config, CoverConfig, CoverWriting, TypographyConfig
from builder.core.errors import DependencyError
from builder.covers import (
    DESIGN_NAMES,
    Cover,
    draw_all,
    draw_cover,
    draw_miniatures,
    drawing,
    is_drawn,
    lettering,
    typefaces,
    with_cover,
)
from builder.covers.canvas import Canvas
from builder.covers.designs import DESIGNS
from builder.covers.wording import words_of
from builder.fonts import Face, installed_faces
from tests.covers.books import LATIN, LONG, SHORT, TITLES, TRADITIONAL, a_book

PAGE = (1600, 2400)
CLEAR = 40  # of the page's sides
# A page of B6 is broader than a cover, and 73 pixels are lost above and below.
CLEAR_OF_TRIM = 80
SMALLEST_PX = 30  # 2 mm on a page of A5


class Setting:
    """Notes where each character was set on the page: its middle and its half size."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.boxes: list[tuple[str, float, float, float, float]] = []
        self._upright = lettering._draw_upright
        self._sideways = lettering._draw_sideways
        monkeypatch.setattr(lettering, "_draw_upright", self.upright)
        monkeypatch.setattr(lettering, "_draw_sideways", self.sideways)

    def upright(
        self,
        canvas: Canvas,
        unit: lettering.Unit,
        middle: tuple[float, float],
        pen: lettering.Pen,
        size_px: int = 0,
    ) -> None:
        size = size_px or pen.size_px
        if canvas.image.size == PAGE and unit.text.strip():
            width = lettering._width_em(unit.text, pen.typeface) * size
            self.boxes.append((unit.text, *middle, width / 2, size / 2))
        self._upright(canvas, unit, middle, pen, size_px)

    def sideways(
        self, canvas: Canvas, unit: lettering.Unit, middle: tuple[float, float], pen: lettering.Pen
    ) -> None:
        if canvas.image.size == PAGE:
            length = lettering._width_em(unit.text, pen.typeface) * pen.size_px
            self.boxes.append((unit.text, *middle, pen.size_px / 2, length / 2))
        self._sideways(canvas, unit, middle, pen)


def paint(metadata: Metadata, settings: CoverConfig) -> None:
    """All of a cover but its encoding, which takes a third of the time."""
    words, chance = words_of(metadata), drawing.chance_of(metadata, metadata)
    design = drawing.design_of(words, settings, chance)
    drawing._drawn(design, words, settings, chance, vertical=False)


@pytest.mark.parametrize("writing", ["horizontal", "vertical"])
@pytest.mark.parametrize("design", DESIGN_NAMES)
def test_no_character_leaves_the_page_or_stands_on_another(
    design: CoverDesign, writing: CoverWriting, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = CoverConfig(design=design, writing=writing)
    for metadata in TITLES:
        with monkeypatch.context() as patch:
            setting = Setting(patch)
            paint(metadata, settings)
        assert setting.boxes, metadata.title
        for text, x, y, half_width, half_height in setting.boxes:
            assert CLEAR <= x - half_width < x + half_width <= PAGE[0] - CLEAR, (
                metadata.title,
                text,
            )
            assert CLEAR_OF_TRIM <= y - half_height < y + half_height <= PAGE[1] - CLEAR_OF_TRIM, (
                metadata.title,
                text,
            )
        assert not overlaps(setting.boxes), metadata.title


def overlaps(boxes: list[tuple[str, float, float, float, float]]) -> list[tuple[str, str]]:
    """Pairs of characters that stand on each other; a tenth of their size does not count."""
    return [
        (one[0], other[0])
        for at, one in enumerate(boxes)
        for other in boxes[at + 1 :]
        if abs(one[1] - other[1]) < 0.9 * (one[3] + other[3])
        and abs(one[2] - other[2]) < 0.9 * (one[4] + other[4])
    ]


@pytest.mark.parametrize("writing", ["horizontal", "vertical"])
@pytest.mark.parametrize("design", DESIGN_NAMES)
def test_a_long_subtitle_is_drawn_large_enough_to_be_read(
    design: CoverDesign, writing: CoverWriting, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = a_book(
        "长夜",
        subtitle="一条河与三代人的六十年以及他们没有说出口的话" * 3,
        series=Series("山海集", 2.0),
    )
    with monkeypatch.context() as patch:
        setting = Setting(patch)
        paint(long, CoverConfig(design=design, writing=writing))
    assert not overlaps(setting.boxes)
    sizes = [2 * half_height for text, *_, half_height in setting.boxes if text in "河话"]
    assert len(sizes) >= 4
    assert min(sizes) >= SMALLEST_PX
    assert "集" in {text for text, *_ in setting.boxes}


def test_the_test_of_overlaps_sees_one() -> None:
    assert overlaps([("长", 100, 100, 50, 50), ("夜", 150, 120, 50, 50)]) == [("长", "夜")]


@pytest.mark.parametrize("design", DESIGN_NAMES)
def test_a_cover_is_a_jpeg_of_its_size_and_the_same_each_time(design: CoverDesign) -> None:
    settings = CoverConfig(design=design)
    cover = draw_cover(SHORT, settings)
    with Image.open(BytesIO(cover.jpeg)) as image:
        assert (image.format, image.size, image.mode) == ("JPEG", PAGE, "RGB")
        colours = image.reduce(8).getcolors(PAGE[0] * PAGE[1])
    assert colours is not None
    assert len(colours) > 50
    assert cover.design == design
    assert len(cover.jpeg) < 1_000_000
    assert draw_cover(SHORT, settings) == cover
    assert is_drawn(cover.jpeg)


STRANGE = ("", "。", "（）", "……", "A", "1984", "长" * 120, "word" * 40, "😀长夜", "مرحبا", "第１２３章", "夜航船上人",
           "C++ 程序设计：从入门到放弃（第3版）", "“你好”，他说", "坏\ud800字")  # fmt: skip


@pytest.mark.parametrize("design", DESIGN_NAMES)
@pytest.mark.parametrize("writing", ["horizontal", "vertical"])
def test_no_title_is_too_strange(
    design: CoverDesign, writing: CoverWriting, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = CoverConfig(design=design, writing=writing)
    # Half of them across and half of them down, each design with another half.
    turn = (DESIGN_NAMES.index(design) + (writing == "vertical")) % 2
    for title in STRANGE[turn::2]:
        with monkeypatch.context() as patch:
            setting = Setting(patch)
            paint(a_book(title, "很长的名字" * 12, subtitle="副题" * 20), settings)
        for text, x, y, half_width, half_height in setting.boxes:
            assert 0 <= x - half_width < x + half_width <= PAGE[0], (title, text)
            assert 0 <= y - half_height < y + half_height <= PAGE[1], (title, text)


@pytest.mark.parametrize("design", DESIGN_NAMES)
def test_another_title_on_the_same_ground_is_another_picture(design: CoverDesign) -> None:
    settings = CoverConfig(design=design, colour="indigo")
    one, other = (
        draw_cover(a_book(title), settings, named=SHORT).jpeg for title in ("长夜", "短昼")
    )
    assert one != other


def test_the_settings_name_the_designs_that_there_are() -> None:
    assert COVER_DESIGNS == DESIGN_NAMES


def test_the_design_follows_from_the_title_and_stays() -> None:
    chosen = {title: design_of(a_book(title)) for title in ("长夜", "渡口", "水账", "归途", "灯下")}
    assert len(set(chosen.values())) > 1
    assert chosen == {title: design_of(a_book(title)) for title in chosen}


def test_a_design_that_is_added_moves_few_books(monkeypatch: pytest.MonkeyPatch) -> None:
    titles = [f"第{number}盏灯" for number in range(40)]
    monkeypatch.setattr(drawing, "DESIGNS", DESIGNS[:-1])
    before = {title: chosen(title) for title in titles}
    monkeypatch.setattr(drawing, "DESIGNS", DESIGNS)
    moved = {title for title in titles if chosen(title) != before[title]}
    assert {chosen(title) for title in moved} <= {DESIGNS[-1].name}
    assert 0 < len(moved) < len(titles) / 2


def chosen(title: str) -> str:
    metadata = a_book(title)
    words = words_of(metadata)
    return drawing.design_of(words, CoverConfig(), drawing.chance_of(metadata, metadata)).name


def design_of(metadata: Metadata, named: Metadata | None = None) -> str:
    words = words_of(metadata)
    return drawing.design_of(
        words, CoverConfig(), drawing.chance_of(named or metadata, metadata)
    ).name


@pytest.mark.parametrize(
    ("title", "subjects", "design"),
    [
        ("长夜", (), "moon"),
        ("水帳", (), "waves"),
        ("一生", ("武侠小说",), "landscape"),
        ("一生", ("推理", "短篇"), "blocks"),
    ],
)
def test_a_title_that_speaks_of_the_moon_gets_one(
    title: str, subjects: tuple[str, ...], design: str
) -> None:
    assert design_of(a_book(title, subjects=subjects)) == design


def test_a_picture_that_does_not_suit_the_words_is_not_chosen_for_its_motif() -> None:
    assert design_of(a_book("The 印 of a King")) != "seal"


def test_a_design_is_only_chosen_for_words_that_suit_it() -> None:
    for number in range(40):
        across = replace(LATIN, title=f"The Moon Over the River {number}")
        assert design_of(across) not in {"stitched", "seal", "blocks"}


def test_both_scripts_of_a_book_have_one_design() -> None:
    simplified, traditional = a_book("水账"), a_book("水帳", language="zh-Hant-TW")
    assert design_of(traditional, simplified) == design_of(simplified)


def test_the_volumes_of_a_series_have_one_design_and_colours_of_their_own() -> None:
    volumes = [
        Metadata(f"水账{name}", "zh-Hans", creators=(Creator("许"),), series=Series("水账", number))
        for name, number in (("风起", 1.0), ("云涌", 2.0))
    ]
    first, second = (draw_cover(volume, CoverConfig()) for volume in volumes)
    assert first.design == second.design
    colours = [
        drawing._colour(design, CoverConfig(), drawing.chance_of(volume, volume))
        for volume in volumes
        for design in DESIGNS
        if design.name == first.design
    ]
    assert colours[0] != colours[1]


def test_the_colour_that_is_asked_for_is_used() -> None:
    green = draw_cover(SHORT, CoverConfig(design="stitched", colour="#104010"))
    with Image.open(BytesIO(green.jpeg)) as image:
        cloth = image.resize((1, 1), box=(800, 1700, 1300, 2000))
    red, greenness, blue = cloth.tobytes()
    assert greenness > red + 20
    assert greenness > blue + 20


def test_a_vertical_edition_has_a_title_in_a_column(monkeypatch: pytest.MonkeyPatch) -> None:
    def middles(*, vertical: bool) -> set[float]:
        with monkeypatch.context() as patch:
            setting = Setting(patch)
            draw_cover(a_book("渡口的人", ""), CoverConfig(design="minimal"), vertical=vertical)
        return {x for text, x, *_ in setting.boxes if text in "渡口的人"}

    assert len(middles(vertical=False)) == 4
    assert len(middles(vertical=True)) == 1


def test_a_latin_title_runs_across_in_a_vertical_edition_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    setting = Setting(monkeypatch)
    draw_cover(LATIN, CoverConfig(design="minimal"), vertical=True)
    rows = {y for text, _, y, *_ in setting.boxes if text in {"The", "Moon"}}
    assert len(rows) == 1


def test_numbers_stand_upright_in_a_column_and_words_lie(monkeypatch: pytest.MonkeyPatch) -> None:
    face = typefaces.typeface("song", "bold", "zh-Hans")
    units = [
        (unit.text, unit.stance) for unit in lettering.column_units("第12章Moon：A—2046", face)
    ]
    assert units == [
        ("第", "upright"),
        ("12", "combined"),
        ("章", "upright"),
        ("Moon", "sideways"),
        ("\ufe13", "upright"),
        ("A", "combined"),
        ("\ufe31", "upright"),
        ("2046", "sideways"),
    ]


def test_a_mark_without_a_vertical_form_lies_on_its_side() -> None:
    song = typefaces.typeface("song", "bold", "zh-Hans")
    bare = typefaces.Typeface((replace(song._faces[0], characters="20-7e 4e00-9fff"),))
    assert [unit.stance for unit in lettering.column_units("（～", bare)] == ["sideways"] * 2


def test_the_sheet_shows_every_design() -> None:
    sheet = draw_all(LONG, CoverConfig())
    with Image.open(BytesIO(sheet.jpeg)) as image:
        assert image.size[0] > image.size[1] > 1200
    assert sheet.design == ""
    assert is_drawn(sheet.jpeg)


# --- letters that are not there -------------------------------------------------------------


def test_a_character_without_a_font_is_told_and_replaced() -> None:
    cover = draw_cover(a_book("长夜\U0010fffd"), CoverConfig(design="minimal"))
    (told,) = cover.diagnostics
    assert told.code == "E041"
    assert "U+10FFFD" in told.message
    assert draw_cover(SHORT, CoverConfig(design="minimal")).diagnostics == ()


def test_a_rare_character_comes_from_another_face() -> None:
    song = typefaces.typeface("song", "bold", "zh-Hans")
    poor = replace(song._faces[0], characters=f"{ord('长'):x}")
    mixed = typefaces.Typeface((poor,))
    assert mixed.shown("夜") == "夜"
    assert mixed.missing == {}
    assert mixed.shown("\U0010fffd") == typefaces.GETA


def test_a_style_that_is_not_installed_gives_way_to_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    everything = installed_faces()
    monkeypatch.setattr(typefaces, "faces_of", lambda _family: ())
    face = typefaces.typeface("kai", "regular", "zh-Hant-HK")
    assert face._faces[0] in everything


@pytest.mark.parametrize("style", ["song", "kai", "sans"])
@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant-TW", "zh-Hant-HK"])
def test_every_style_is_found_for_every_region(style: typefaces.Style, language: str) -> None:
    face = typefaces.typeface(style, "bold", language)
    assert face.has("的")
    assert face.width_em("国") == pytest.approx(1.0, abs=0.05)


def no_faces() -> tuple[Face, ...]:
    return ()


@pytest.fixture
def _without_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typefaces, "installed_faces", no_faces)
    monkeypatch.setattr(typefaces, "faces_of", lambda _family: ())


@pytest.mark.usefixtures("_without_fonts")
def test_without_a_chinese_font_no_cover_can_be_drawn() -> None:
    with pytest.raises(DependencyError) as caught:
        draw_cover(TRADITIONAL, CoverConfig())
    assert caught.value.diagnostic.code == "F001"


# --- a book and its cover -------------------------------------------------------------------


def test_a_book_without_a_cover_gets_one() -> None:
    book, told = with_cover(Book(SHORT), Config())
    (asset,) = book.assets
    assert book.cover == asset.name == "cover.jpg"
    assert asset.content == draw_cover(SHORT, CoverConfig()).jpeg
    assert told == ()


def test_a_cover_of_its_own_stays() -> None:
    own = Book(SHORT, assets=(Asset("mine.png", "image/png", b"x"),), cover="mine.png")
    assert with_cover(own, Config()) == (own, ())


def test_a_book_may_go_without_a_picture() -> None:
    plain = Book(SHORT)
    assert with_cover(plain, Config(cover=CoverConfig(design="none"))) == (plain, ())


def test_a_picture_of_the_text_keeps_its_name() -> None:
    taken = Book(SHORT, assets=(Asset("cover.jpg", "image/jpeg", b"x"),))
    book, _ = with_cover(taken, Config())
    assert [asset.name for asset in book.assets] == ["cover.jpg", "cover-2.jpg"]
    assert book.cover == "cover-2.jpg"


@pytest.mark.usefixtures("_without_fonts")
def test_without_a_font_a_book_goes_without_a_picture_and_says_so() -> None:
    book, (told,) = with_cover(Book(SHORT), Config())
    assert book == Book(SHORT)
    assert told.code == "E040"


def test_a_vertical_book_has_a_vertical_cover() -> None:
    config = Config(cover=CoverConfig(design="minimal"))
    level, _ = with_cover(Book(SHORT), config)
    upright, _ = with_cover(
        Book(SHORT), replace(config, typography=TypographyConfig(vertical=True))
    )
    assert level.assets != upright.assets


def test_a_picture_of_the_users_is_not_taken_for_ours(tmp_path: Path) -> None:
    picture = tmp_path / "cover.jpg"
    Image.new("RGB", (60, 80)).save(picture)
    assert not is_drawn(picture.read_bytes())
    assert isinstance(draw_cover(SHORT, CoverConfig()), Cover)


def test_miniatures_are_the_covers_small_and_the_one_that_suits_is_the_one_that_is_drawn() -> None:
    metadata = Metadata(title="渡口", creators=(Creator("佚名"),), language="zh-Hans")
    drawn = draw_miniatures(metadata, CoverConfig(design="moon"))
    assert drawn.suits == draw_cover(metadata, CoverConfig()).design
    for design, (name, picture) in zip(COVER_DESIGNS, drawn.pictures, strict=True):
        assert name == design
        large = Image.open(BytesIO(draw_cover(metadata, CoverConfig(design=design)).jpeg))
        with Image.open(BytesIO(picture)) as small:
            assert small.size == (320, 480)
            whole = large.resize((1, 1)).getpixel((0, 0))
            assert small.resize((1, 1)).getpixel((0, 0)) == pytest.approx(whole, abs=3)
