"""The themes: what each may set, and which sheets a book links to."""

import re
from dataclasses import replace

import pytest

from builder.compose import compose
from builder.core.choices import THEMES
from builder.core.config import Config, EpubConfig, TypographyConfig
from builder.core.files import style, styles_folder
from builder.core.publication import Publication
from tests.compose.sample import sample_book
from tests.compose.test_styles import declarations

MODIFIED = "2024-02-29T12:00:00Z"
# What depends on which way the lines run: the sides of a box.
SIDED = re.compile(
    r"(?:margin|padding)(?:-(?:top|right|bottom|left))?|border-(?:top|right|bottom|left)"
)
COLOURED = {"color", "background", "background-color", "background-image", "fill", "border-color"}


def themed(name: str, *, theme_css: str = "", user_css: str = "") -> Publication:
    config = Config(epub=EpubConfig(theme=name))
    return compose(sample_book(), config, modified=MODIFIED, theme_css=theme_css, user_css=user_css)


def sheets(publication: Publication) -> list[str]:
    return [item.href for item in publication.manifest if item.media_type == "text/css"]


def test_every_theme_has_a_style_sheet_and_every_style_sheet_is_a_theme() -> None:
    assert sorted(path.stem for path in (styles_folder() / "themes").iterdir()) == sorted(THEMES)


def test_the_plain_theme_adds_nothing_to_the_book() -> None:
    assert sheets(themed("plain")) == ["styles/base.css", "styles/epub.css"]


@pytest.mark.parametrize("name", sorted({*THEMES} - {"plain"}))
def test_a_theme_comes_after_our_sheets_and_the_user_has_the_last_word(name: str) -> None:
    made = themed(name, user_css="p { color: red }")
    assert sheets(made)[-2:] == ["styles/theme.css", "styles/user.css"]
    page = next(item for item in made.manifest if item.id.startswith("text-")).content.decode()
    linked = re.findall(r'<link rel="stylesheet" type="text/css" href="\.\./(.*?)"/>', page)
    assert linked == sheets(made)


def test_a_theme_of_the_books_own_takes_the_place_of_ours() -> None:
    made = themed("mine.css", theme_css="h1 { letter-spacing: 1em }")
    [theme] = [item.content for item in made.manifest if item.href == "styles/theme.css"]
    assert theme == b"h1 { letter-spacing: 1em }"


def test_a_sheet_of_comments_only_is_not_packed() -> None:
    assert "styles/theme.css" not in sheets(themed("mine.css", theme_css="/* nothing\n yet */\n"))


def test_columns_come_before_the_theme_so_that_a_theme_may_set_them_too() -> None:
    config = Config(epub=EpubConfig(theme="song"), typography=TypographyConfig(vertical=True))
    made = compose(sample_book(), config, modified=MODIFIED)
    assert sheets(made) == [f"styles/{name}.css" for name in ("base", "epub", "columns", "theme")]


@pytest.mark.parametrize("name", THEMES)
def test_a_theme_sets_no_colour_so_that_night_mode_stays_readable(name: str) -> None:
    found = declarations(style(f"themes/{name}.css"))
    assert [one for one in found if one[1] in COLOURED or "#" in one[2] or "rgb" in one[2]] == []


@pytest.mark.parametrize("name", THEMES)
def test_a_theme_leaves_size_leading_and_margins_of_the_text_to_the_reader(name: str) -> None:
    of_text = {"body", "html", "p", "html:lang(zh-Hant) body"}
    found = declarations(style(f"themes/{name}.css"))
    assert {prop for selector, prop, _ in found if selector in of_text} <= {"font-family"}
    assert not any("!important" in value for _, _, value in found)


@pytest.mark.parametrize("name", sorted({*THEMES} - {"vertical"}))
def test_what_a_theme_puts_beside_a_box_it_turns_with_the_columns(name: str) -> None:
    assert unturned(style(f"themes/{name}.css")) == set()


def test_a_rule_for_lines_only_is_noticed() -> None:
    assert unturned("h1 { margin: 2em 0 } .vertical h2 { margin: 0 }") == {"h1"}


def unturned(css: str) -> set[str]:
    """The selectors that set sides for lines and not for columns."""
    sided = {selector for selector, prop, _ in declarations(css) if SIDED.fullmatch(prop)}
    turned = {one.removeprefix(".vertical ") for one in sided if one.startswith(".vertical ")}
    return {one for one in sided if not one.startswith(".vertical ")} - turned


def test_the_old_text_of_the_book_is_the_same_in_every_theme() -> None:
    plain = themed("plain")
    for name in THEMES:
        made = themed(name)
        assert made.identifier == plain.identifier
        assert replace(made, manifest=(), spine=()) == replace(plain, manifest=(), spine=())


def left_standing(css: str, columns: str) -> set[tuple[str, str]]:
    """Selectors whose sides `css` sets, with the kind of side, that `columns` does not turn."""

    def sided(sheet: str) -> set[tuple[str, str]]:
        return {
            (selector, prop.partition("-")[0])
            for selector, prop, value in declarations(sheet)
            if SIDED.fullmatch(prop) and value != "0"
        }

    turned = {
        (selector, prop.partition("-")[0])
        for selector, prop, _ in declarations(columns)
        if SIDED.fullmatch(prop)
    }
    return sided(css) - turned


@pytest.mark.parametrize("name", ["base.css", "epub.css"])
def test_columns_turn_every_side_that_the_sheets_for_lines_set(name: str) -> None:
    assert left_standing(style(name), style("columns.css")) == set()


def test_a_side_that_is_not_turned_is_noticed() -> None:
    assert left_standing("p { margin: 0; padding-left: 2em }", "p { margin: 0 }") == {
        ("p", "padding")
    }
