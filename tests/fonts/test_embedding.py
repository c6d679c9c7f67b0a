"""Fonts inside a book: what the styles ask for, cut to the text, with their licences."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from builder.core.config import EpubConfig
from builder.core.errors import ConfigError
from builder.core.publication import Publication
from builder.epub import write_epub
from builder.fonts import Embedded, embed_fonts
from builder.fonts.finding import faces_in, faces_of
from tests.fonts.books import chapter_of, content_of, publication
from tests.fonts.drawing import draw_font

TEXT = "雨停的时候，老何才把船灯点上。"
KAI = '.verse { font-family: "LXGW WenKai", cursive }'


def characters_of(embedded: Embedded, href: str) -> str:
    """What the font at `href` can show, read from its bytes."""
    [item] = [item for item in embedded.publication.manifest if item.href == f"fonts/{href}"]
    return "".join(map(chr, sorted(TTFont(BytesIO(item.content)).getBestCmap() or ())))


def hrefs(made: Publication) -> set[str]:
    return {item.href for item in made.manifest if item.href.startswith("fonts/")}


def test_nothing_is_embedded_unless_asked_for() -> None:
    made = publication(TEXT, choice=False)
    embedded = embed_fonts(made, choice=False)
    assert embedded.publication == made
    assert (embedded.fonts, embedded.diagnostics) == ((), ())
    assert EpubConfig().embed_fonts is False


def test_a_style_that_names_no_font_gets_song() -> None:
    embedded = embed_fonts(publication(TEXT), choice=True)
    css = content_of(embedded.publication, "fonts.css")
    assert 'body {\n  font-family: "Noto Serif CJK SC", serif;\n}' in css
    assert 'src: url("../fonts/noto-serif-cjk-sc.otf")' in css
    assert set(TEXT) <= set(characters_of(embedded, "noto-serif-cjk-sc.otf"))


@pytest.mark.parametrize(
    ("language", "family"),
    [("zh-Hant-TW", "Noto Serif CJK TC"), ("zh-Hant-HK", "Noto Serif CJK HK")],
)
def test_the_font_is_the_regions(language: str, family: str) -> None:
    embedded = embed_fonts(publication("船燈", language=language), choice=True)
    assert embedded.fonts[0].families == (family,)


def test_bold_words_bring_the_bold_face_with_their_characters_only() -> None:
    embedded = embed_fonts(publication(TEXT, strong="钟声"), choice=True)
    bold = set(characters_of(embedded, "noto-serif-cjk-sc-bold.otf"))
    assert set("钟声灯下") <= bold  # the heading is bold, too
    assert not set("雨停") & bold


def test_each_family_of_the_styles_gets_the_text_set_in_it() -> None:
    made = publication(TEXT, verse="渡口无人舟自横", css=KAI)
    embedded = embed_fonts(made, choice=True)
    kai = set(characters_of(embedded, "lxgw-wenkai.ttf"))
    assert set("渡口无人舟自横") <= kai
    assert "雨" not in kai
    assert "横" not in characters_of(embedded, "noto-serif-cjk-sc.otf")


def test_a_style_that_names_the_bodys_font_keeps_its_word() -> None:
    made = publication(TEXT, css='body { font-family: "Noto Sans CJK SC", sans-serif }')
    embedded = embed_fonts(made, choice=True)
    assert {font.families for font in embedded.fonts} == {("Noto Sans CJK SC",)}
    assert "body {" not in content_of(embedded.publication, "fonts.css")


@pytest.mark.parametrize(
    ("generic", "family"),
    [
        ("sans-serif", "Noto Sans CJK SC"),
        ("cursive", "LXGW WenKai"),
        ("serif", "Noto Serif CJK SC"),
    ],
)
def test_a_family_nobody_has_is_replaced_in_kind(generic: str, family: str) -> None:
    made = publication(TEXT, css=f"html {{ font-family: 没有这种字体, {generic} }}")
    embedded = embed_fonts(made, choice=True)
    rule = f'body {{\n  font-family: "{family}", "没有这种字体", {generic};\n}}'
    assert rule in content_of(embedded.publication, "fonts.css")
    assert embedded.fonts[0].families == (family,)


@pytest.mark.parametrize(
    ("theme", "family"),
    [
        ("song", "Noto Serif CJK SC"),
        ("kai", "LXGW WenKai"),
        ("sans", "Noto Sans CJK SC"),
        ("vertical", "Noto Serif CJK SC"),
    ],
)
def test_every_theme_gets_the_font_of_its_kind(theme: str, family: str) -> None:
    made = publication(TEXT, theme=theme, vertical=theme == "vertical")
    embedded = embed_fonts(made, choice=True)
    assert embedded.fonts[0].families == (family,)
    assert set(TEXT) <= embedded.fonts[0].characters
    assert "body {" not in content_of(embedded.publication, "fonts.css")


def test_a_theme_of_two_kinds_brings_both_in_the_forms_of_the_region() -> None:
    made = publication("雨停的時候", theme="song", verse="舟自橫", language="zh-Hant-TW")
    embedded = embed_fonts(made, choice=True)
    by_name = {font.families[0]: font for font in embedded.fonts if not font.is_bold}
    assert set("雨停的時候") <= by_name["Noto Serif CJK TC"].characters
    assert by_name["LXGW WenKai"].characters >= set("舟自橫")


def test_the_list_names_what_is_embedded_and_nothing_else_is() -> None:
    made = publication(TEXT, ("LXGW WenKai",), verse="舟自横", css=KAI)
    embedded = embed_fonts(made, ("LXGW WenKai",))
    # The style uses it for verse, so the body stays the reader's.
    assert hrefs(embedded.publication) == {"fonts/lxgw-wenkai.ttf", "fonts/lxgw-wenkai.LICENCE.txt"}
    assert "雨" not in characters_of(embedded, "lxgw-wenkai.ttf")
    assert "body {" not in content_of(embedded.publication, "fonts.css")


def test_a_listed_font_that_no_style_names_sets_the_text(tmp_path: Path) -> None:
    font = draw_font(tmp_path / "我的明.ttf", "Our Ming", TEXT)
    made = publication(TEXT, ("我的明.ttf",))
    embedded = embed_fonts(made, ("我的明.ttf",), {"我的明.ttf": font})
    assert 'body {\n  font-family: "Our Ming", serif;' in content_of(
        embedded.publication, "fonts.css"
    )
    assert set(TEXT) <= set(characters_of(embedded, "our-ming.ttf"))


def test_what_the_texts_font_lacks_is_marked_and_drawn_by_another(tmp_path: Path) -> None:
    font = draw_font(tmp_path / "a.ttf", "Our Ming", TEXT)
    made = publication(f"{TEXT}𠮷野", ("a.ttf",))
    embedded = embed_fonts(made, ("a.ttf",), {"a.ttf": font})
    assert '上。<span class="rare">𠮷野</span></p>' in chapter_of(embedded.publication)
    assert '.rare {\n  font-family: "book-rare", serif;\n}' in content_of(
        embedded.publication, "fonts.css"
    )
    assert {"𠮷", "野"} <= set(characters_of(embedded, "noto-serif-cjk-sc.otf"))
    assert [font.is_fallback for font in embedded.fonts] == [False, True]
    assert embedded.diagnostics == ()


def test_a_rare_character_among_bold_ones_is_not_sought_in_a_bold_face(tmp_path: Path) -> None:
    font = draw_font(tmp_path / "a.ttf", "Our Ming", TEXT)
    css = 'p { font-family: "Our Ming" } h1 { font-family: "Noto Serif CJK SC" }'
    names = ("a.ttf", "Noto Serif CJK SC")
    made = publication(TEXT, names, strong="㐀", css=css)
    embedded = embed_fonts(made, names, {"a.ttf": font})
    sheet = content_of(embedded.publication, "fonts.css")
    assert sheet.count('font-family: "Noto Serif CJK SC";') == 2  # the headings are bold
    assert sheet.count('font-family: "book-rare";') == 1
    assert '<strong><span class="rare">㐀</span></strong>' in chapter_of(embedded.publication)


def test_rare_characters_of_two_fonts_have_a_name_for_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts = [draw_font(tmp_path / f"{at}.ttf", f"Rare {at}", at) for at in "㐀㐁"]
    faces = [face for path in fonts for face in faces_in(path)]
    monkeypatch.setattr("builder.fonts.shelf.installed_faces", lambda: tuple(faces))
    monkeypatch.setattr("builder.fonts.shelf.faces_of", lambda family: ())
    embedded = embed_fonts(publication("㐀㐁㐂", ("rare",)), ("rare",))
    assert [font.families for font in embedded.fonts] == [("book-rare",), ("book-rare-2",)]
    assert embedded.missing == "㐂"
    rule = 'font-family: "book-rare", "book-rare-2", serif;'
    assert rule in content_of(embedded.publication, "fonts.css")


def test_rare_alone_leaves_the_text_to_the_reader() -> None:
    embedded = embed_fonts(publication(f"{TEXT}𠮷野😀", ("rare",)), ("rare",))
    assert characters_of(embedded, "noto-serif-cjk-sc.otf") == "𠮷"
    assert "body {" not in content_of(embedded.publication, "fonts.css")
    assert '<span class="rare">𠮷</span>野' in chapter_of(embedded.publication)


def test_rare_with_a_font_prefers_that_font(tmp_path: Path) -> None:
    font = draw_font(tmp_path / "a.ttf", "Our Rare", "𠮷雨")
    choice = ("rare", "a.ttf")
    embedded = embed_fonts(publication(f"{TEXT}𠮷㐀", choice), choice, {"a.ttf": font})
    assert [font.href for font in embedded.fonts] == [
        "fonts/our-rare.ttf",
        "fonts/noto-serif-cjk-sc.otf",
    ]
    assert characters_of(embedded, "our-rare.ttf") == "𠮷"
    assert characters_of(embedded, "noto-serif-cjk-sc.otf") == "㐀"


@pytest.mark.parametrize(
    ("language", "family"),
    [
        ("zh-Hans", "Noto Serif CJK SC"),
        ("zh-Hant", "Noto Serif CJK TC"),
        ("zh-Hant-TW", "Noto Serif CJK TC"),
        ("zh-Hant-HK", "Noto Serif CJK HK"),
    ],
)
def test_of_a_collection_the_face_of_the_region_is_taken(language: str, family: str) -> None:
    [path] = {face.path for face in faces_of("Noto Serif CJK SC") if "Regular" in face.path.name}
    made = publication(TEXT, ("noto.ttc",), language=language)
    embedded = embed_fonts(made, ("noto.ttc",), {"noto.ttc": path})
    assert embedded.fonts[0].families == (family,)


def test_rare_alone_embeds_nothing_in_a_book_without_rare_characters() -> None:
    made = publication(TEXT, ("rare",))
    embedded = embed_fonts(made, ("rare",))
    assert (embedded.fonts, embedded.missing) == ((), "")
    assert chapter_of(embedded.publication) == chapter_of(made)


def test_a_character_that_no_font_has_is_told_and_left_unmarked() -> None:
    embedded = embed_fonts(publication("船\U000f1234灯"), choice=True)
    assert embedded.missing == "\U000f1234"
    assert [found.code for found in embedded.diagnostics] == ["F004"]
    assert "span" not in chapter_of(embedded.publication).partition("船")[2][:20]


def test_the_licence_lies_beside_the_font_once_for_both_weights() -> None:
    embedded = embed_fonts(publication(TEXT), choice=True)
    assert hrefs(embedded.publication) == {
        "fonts/noto-serif-cjk-sc.otf",
        "fonts/noto-serif-cjk-sc-bold.otf",
        "fonts/noto-serif-cjk-sc.LICENCE.txt",
    }
    text = content_of(embedded.publication, "LICENCE.txt")
    assert text.startswith("Noto Serif CJK SC\n")
    assert "Adobe" in text
    assert "Modified: cut down" in text
    assert "SIL OPEN FONT LICENSE Version 1.1" in text


def test_a_font_that_may_not_be_cut_is_whole_and_unchanged(tmp_path: Path) -> None:
    font = draw_font(tmp_path / "a.ttf", "Our Ming", f"{TEXT}多余", licence="", fs_type=0x0100)
    made = publication(TEXT, ("a.ttf",))
    embedded = embed_fonts(made, ("a.ttf",), {"a.ttf": font})
    assert "余" in characters_of(embedded, "our-ming.ttf")
    assert "Modified" not in content_of(embedded.publication, "our-ming.LICENCE.txt")


def test_a_font_with_another_name_in_the_css_is_one_file_under_both() -> None:
    css = "body { font-family: 霞鹜文楷 } .verse { font-family: 'LXGW WenKai' }"
    embedded = embed_fonts(publication(TEXT, verse="舟自横", css=css), choice=True)
    regular = next(font for font in embedded.fonts if not font.is_bold)
    assert set(regular.families) == {"霞鹜文楷", "LXGW WenKai"}
    assert content_of(embedded.publication, "fonts.css").count("lxgw-wenkai.ttf") == 2


def test_a_font_in_which_no_text_is_set_stays_out(tmp_path: Path) -> None:
    css = 'body { font-family: "Noto Serif CJK SC" } body * { font-family: "LXGW WenKai" }'
    embedded = embed_fonts(publication(TEXT, css=css), choice=True)
    assert {font.families for font in embedded.fonts} == {("LXGW WenKai",)}


def test_a_font_without_the_texts_characters_stays_out(tmp_path: Path) -> None:
    font = draw_font(tmp_path / "a.ttf", "Our Ming", "㐀")
    embedded = embed_fonts(publication(TEXT, ("a.ttf",)), ("a.ttf",), {"a.ttf": font})
    assert all(font.is_fallback for font in embedded.fonts)


def test_two_fonts_of_one_ascii_name_have_two_files(tmp_path: Path) -> None:
    first = draw_font(tmp_path / "a.ttf", "明甲", TEXT)
    second = draw_font(tmp_path / "b.ttf", "明乙", "渡口")
    names = ("a.ttf", "b.ttf")
    made = publication(f"{TEXT}渡口", names)
    embedded = embed_fonts(made, names, {"a.ttf": first, "b.ttf": second})
    own = [font.href for font in embedded.fonts if not font.is_fallback]
    assert own == ["fonts/font.ttf", "fonts/font-2.ttf"]


def test_without_a_bold_face_the_upright_one_serves_bold_text(tmp_path: Path) -> None:
    font = draw_font(tmp_path / "a.ttf", "Our Ming", f"{TEXT}钟声")
    made = publication(TEXT, ("a.ttf",), strong="钟声")
    embedded = embed_fonts(made, ("a.ttf",), {"a.ttf": font})
    [only] = [font for font in embedded.fonts if not font.is_fallback]
    assert set("钟声") <= only.characters
    assert not only.is_bold


@pytest.mark.parametrize("name", ["没有这种字体", "garbage.otf"])
def test_what_is_no_font_is_an_error(tmp_path: Path, name: str) -> None:
    garbage = tmp_path / "garbage.otf"
    garbage.write_bytes(b"OTTO and no more")
    with pytest.raises(ConfigError) as caught:
        embed_fonts(publication(TEXT, (name,)), (name,), {"garbage.otf": garbage})
    assert caught.value.diagnostic.code == "F006"
    assert name in str(caught.value)


def test_apple_books_is_told_that_there_are_fonts() -> None:
    with_fonts = write_epub(embed_fonts(publication(TEXT), choice=True).publication)
    without = write_epub(publication(TEXT, choice=False))
    told = re.compile(rb'<meta property="ibooks:specified-fonts">true</meta>')
    assert told.search(package(with_fonts))
    assert b"ibooks: http://vocabulary.itunes.apple.com" in package(with_fonts)
    assert b"ibooks" not in package(without)


def test_the_same_book_gives_the_same_fonts() -> None:
    made = publication(f"{TEXT}𠮷", verse="舟自横", css=KAI)
    one, other = (embed_fonts(made, choice=True).publication for _ in range(2))
    assert one == other


def package(epub: bytes) -> bytes:
    from zipfile import ZipFile

    with ZipFile(BytesIO(epub)) as archive:
        return archive.read("EPUB/content.opf")
