"""Asking WeasyPrint what the style sheets say, without laying anything out.

Part of what `host` keeps to itself: WeasyPrint's inside, by name in the contract test. A
`Styles` has the computed styles of one HTML document; pages are asked for by kind, as if the
document had one of each. All answers are plain data.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal
from xml.etree.ElementTree import Element

import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.formatting_structure.boxes import PageBox
from weasyprint.layout import LayoutContext
from weasyprint.layout.page import (
    PageType,
    make_margin_boxes,
    page_height,
    page_width,
    set_page_type_computed_styles,
)
from weasyprint.layout.percent import resolve_percentages
from weasyprint.text.fonts import FontConfiguration, font_features
from weasyprint.text.line_break import strut

from builder.prepress import Bleed, Colour, Ink, cmyk_to_rgb, lab_to_rgb, mixed
from builder.press.computed import (
    Content,
    ContentKind,
    Edges,
    Length,
    Look,
    MarginBox,
    PageLook,
)
from builder.press.frame import Align, Break, FaceKey, TextStyle

_PX_TO_PT = 0.75
_LEAST_SIZE = 0.5  # points: smaller type is none
_MOST_BACK = 0.5  # of an em: letters that stand closer cannot be told apart
# `text-emphasis` of the style sheets, as a property of our own; see `Host`.
EMPHASIS = "press-emphasis"
_EXACT_TO = 4  # digits of a length in points; more of them are noise of the conversion
# A page deep inside a book: the second of the two whose strings are known.
_PAGE_NUMBER = 2
_SAMPLE = "文"
_PAGE_INDEX = 1000  # no page of a book that `:first` means, or `:nth(2)`

_ALIGNS: Mapping[str, Align] = {
    # `start` is what a sheet says that says nothing: prose is set flush at both ends.
    "start": "justify",
    "justify": "justify",
    "left": "start",
    "center": "center",
    "right": "end",
    "end": "end",
}
_BOX_ALIGNS: Mapping[str, Literal["start", "center", "end"]] = {
    "center": "center",
    "right": "end",
    "end": "end",
}
_BREAKS: Mapping[str, Break] = {
    "page": "page",
    "always": "page",
    "right": "recto",
    "recto": "recto",
    "left": "verso",
    "verso": "verso",
    "avoid": "avoid",
    "avoid-page": "avoid",
}


# Spaces of colour that are there another way. Source: tinycss2, color4.
_OF_RGB = frozenset({"srgb", "hsl", "hwb"})
_OF_LAB = frozenset({"lab", "lch", "oklab", "oklch", "xyz-d50", "xyz-d65"})


class Styles:
    """The computed styles of one document under some sheets. `root` is its root element.

    Its colours are in `ink`.
    """

    def __init__(
        self,
        source: weasyprint.HTML,
        sheets: list[weasyprint.CSS],
        fonts: FontConfiguration,
        counters: CounterStyle,
        profiles: dict[str, object],
        ink: Ink = "rgb",
    ) -> None:
        options = weasyprint.DEFAULT_OPTIONS | {"stylesheets": sheets}
        self._context: LayoutContext = weasyprint.Document._build_layout_context(  # noqa: SLF001  (no public way; contract test)
            source, fonts, counters, profiles, options
        )
        self._source = source
        self._ink = ink
        self._looks: dict[int, Look] = {}
        self._page_looks: dict[tuple[int, ...], PageLook] = {}
        self.root: Element = source.etree_element

    def look(self, element: Element) -> Look:
        """How an element looks."""
        return self._known(self._context.style_for(element))

    def pseudo_look(self, element: Element, name: str) -> Look | None:
        """How a pseudo-element (before, footnote-call …) looks; None when no sheet names it."""
        style = self._context.style_for(element, name)
        return None if style is None else self._known(style)

    def _known(self, style: Any) -> Look:
        """The same style is the same object, and mostly is that of many elements."""
        known = self._looks.get(id(style))
        if known is None:
            known = self._looks[id(style)] = _look(style, self._ink)
        return known

    def page_look(
        self, name: str, side: Literal["left", "right"], *, is_first: bool, is_blank: bool
    ) -> PageLook:
        """How a page looks; `is_first` of those that have its name without a break."""
        groups = ((name, 0 if is_first else 1),)
        kind = PageType(side, is_blank, name, _PAGE_INDEX, groups)
        # Most names and sides differ in nothing: the same rules mean the same look.
        style_for = self._context.style_for
        rules = tuple(
            id(declarations)
            for sheet, _, _ in style_for._sheets  # noqa: SLF001  (no public way; contract test)
            for _, selectors, declarations in sheet.page_rules
            for _, _, asked in selectors
            if style_for._page_type_match(asked, kind)  # noqa: SLF001  (as above)
        )
        known = self._page_looks.get(rules)
        if known is None:
            known = self._page_looks[rules] = self._new_page_look(kind)
        return known

    def _new_page_look(self, kind: Any) -> PageLook:
        context = self._context
        set_page_type_computed_styles(kind, self._source, context.style_for)
        page: Any = PageBox(kind, context.style_for(kind))
        width, height = page.style["size"]
        resolve_percentages(page, (width, height))
        page.position_x = page.position_y = 0
        page_width(page, context, width)
        page_height(page, context, height)
        area = context.style_for(kind, "@footnote")
        return PageLook(
            width=_points(width),
            height=_points(height),
            left=_points(page.content_box_x()),
            top=_points(page.content_box_y()),
            measure_x=_points(page.width),
            measure_y=_points(page.height),
            boxes=tuple(self._margin_boxes(page)),
            notes=None if area is None else _look(area, self._ink),
            bleed=_bleed(page.style),
        )

    def _margin_boxes(self, page: Any) -> Iterator[MarginBox]:
        """The boxes in the margins, laid out with something in every string."""
        context = self._context
        context.current_page = _PAGE_NUMBER
        context.page_bottom = page.content_box_y() + page.height
        context.create_block_formatting_context()
        for keyword in _MARGIN_BOXES:
            style = context.style_for(page.page_type, keyword)
            for kind, words in () if style is None else content_of(style["content"]):
                if kind.startswith("string"):
                    context.string_set[words][_PAGE_NUMBER - 1] = [_SAMPLE]
        state: Any = ([0], {"page": [_PAGE_NUMBER]}, [{"page"}], [])
        for box in make_margin_boxes(context, page, state):
            line = _first_line(box)
            if line is None:
                continue
            align = _BOX_ALIGNS.get(box.style["text_align_all"], "start")
            share = {"start": 0.0, "center": 0.5, "end": 1.0}[align]
            yield MarginBox(
                box.at_keyword,
                content_of(box.style["content"]),
                _text(box.style, self._ink),
                align,
                _points(box.content_box_x() + share * box.width),
                _points(line.position_y + line.baseline),
            )
        context.finish_block_formatting_context()


_EDGES = ("top", "right", "bottom", "left")
_MARGIN_BOXES = tuple(
    f"@{side}"
    for one, ends in (
        ("top", ("left-corner", "left", "center", "right", "right-corner")),
        ("bottom", ("left-corner", "left", "center", "right", "right-corner")),
        ("left", ("top", "middle", "bottom")),
        ("right", ("top", "middle", "bottom")),
    )
    for side in (f"{one}-{end}" for end in ends)
)


def _first_line(box: Any) -> Any:
    """The first line box inside a margin box; None when it is empty."""
    while box is not None and not hasattr(box, "baseline"):
        box = box.children[0] if getattr(box, "children", ()) else None
    return box


# --- one style ----------------------------------------------------------------------------


def _look(style: Any, ink: Ink) -> Look:
    return Look(
        text=_text(style, ink),
        leading=_points(strut(style)[0]),
        display=style["display"][0],
        align=_ALIGNS.get(style["text_align_all"], "justify"),
        indent=_length(style["text_indent"]),
        margin=_edges(style, "margin"),
        padding=_edges(style, "padding"),
        rule=_points(style["border_top_width"]),
        rule_colour=_colour(_own_colour(style, "border_top_color"), ink),
        break_before=_BREAKS.get(style["break_before"], "auto"),
        break_after=_BREAKS.get(style["break_after"], "auto"),
        keeps_together=style["break_inside"] in {"avoid", "avoid-page"},
        orphans=style["orphans"],
        widows=style["widows"],
        page=style["page"] if style["page"] != "auto" else "",
        content=content_of(style["content"]),
        strings=tuple(
            (name, content_of(said))
            for name, said in (style["string_set"] if style["string_set"] != "none" else ())
        ),
        marker=_marker(style["list_style_type"]),
    )


def _marker(kind: Any) -> str:
    """A counter style by its name; marks of the sheet's own are discs."""
    return kind if isinstance(kind, str) else "disc"


def _text(style: Any, ink: Ink) -> TextStyle:
    lines, manner = style["text_decoration_line"], style["text_decoration_style"]
    has_line = lines != "none" and "underline" in lines
    size, spacing = max(_points(style["font_size"]), _LEAST_SIZE), style["letter_spacing"]
    rise, is_inline = style["vertical_align"], style["display"][0] == "inline"
    return TextStyle(
        face=FaceKey(
            families=tuple(style["font_family"]),
            weight=style["font_weight"],
            is_italic=style["font_style"] != "normal",
            language=style["lang"] or "",
            features=_features(style),
        ),
        size=size,
        spacing=0.0 if spacing == "normal" else max(_points(spacing), -_MOST_BACK * size),
        colour=_colour(style["color"], ink),
        raised=_points(rise) if is_inline and isinstance(rise, int | float) else 0.0,
        emphasis="dots" if _has_dots(style) else "",
        underline="" if not has_line else "wavy" if manner == "wavy" else "straight",
    )


def _has_dots(style: Any) -> bool:
    """Whether `text-emphasis` asks for marks beside the characters; the press draws dots."""
    asked = style[f"__{EMPHASIS.replace('-', '_')}"]
    words = {str(getattr(token, "lower_value", "")) for token in asked}
    return bool(words - {"", "none"}) and not words & {"none", "initial", "unset"}


def _features(style: Any) -> tuple[str, ...]:
    """The features of a font that are asked for, as a FaceKey has them: `pwid`, `ss01=2`."""
    asked = font_features(
        "auto",
        style["font_variant_ligatures"],
        style["font_variant_position"],
        style["font_variant_caps"],
        style["font_variant_numeric"],
        style["font_variant_alternates"],
        style["font_variant_east_asian"],
        style["font_feature_settings"],
    )
    return tuple(tag if value == 1 else f"{tag}={value}" for tag, value in sorted(asked.items()))


def _own_colour(style: Any, name: str) -> Any:
    return style["color"] if style[name] == "currentcolor" else style[name]


def _colour(colour: Any, ink: Ink) -> Colour:
    """A colour of CSS in the inks of the book; those of other screens are taken for sRGB's."""
    found: Colour
    if colour.space == "device-cmyk":
        found = tuple(colour.coordinates)
        if ink == "rgb":
            found = cmyk_to_rgb(*colour.coordinates)
    elif colour.space in _OF_LAB:
        found = lab_to_rgb(*colour.to("lab").coordinates)
    elif colour.space in _OF_RGB:
        found = tuple(colour.to("srgb").coordinates)
    else:
        found = (*(part or 0.0 for part in colour.coordinates), 0.0, 0.0)[:3]
    return mixed(tuple(min(max(round(part, 4), 0.0), 1.0) for part in found), ink)


def _bleed(style: Any) -> Bleed:
    """How far a page goes on beyond its left, lower, right and upper edge."""
    top, right, bottom, left = (_points(style[f"bleed_{edge}"].value) for edge in _EDGES)
    return left, bottom, right, top


def _edges(style: Any, name: str) -> Edges:
    return Edges(*(_length(style[f"{name}_{edge}"]) for edge in _EDGES))


def _length(value: Any) -> Length:
    """A length; `auto` is none."""
    if value == "auto":
        return Length()
    if getattr(value, "unit", "") == "%":
        return Length(share=value.value / 100)
    return Length(_points(getattr(value, "value", value)))


def _points(pixels: float) -> float:
    return round(pixels * _PX_TO_PT, _EXACT_TO)


def content_of(content: Any) -> Content:
    """Generated content; nothing for `none` and `normal`."""
    return () if isinstance(content, str) else tuple(map(_said, content))


def _said(token: tuple[str, Any]) -> tuple[ContentKind, str]:
    kind, value = token
    match kind:
        case "string":
            return "words", value
        case "string()":
            name, keyword = value
            return ("string-except" if keyword == "first-except" else "string"), name
        case "counter()":
            return "counter", " ".join(map(str, value))
        case "attr()":
            return "attr", value[0]
        case _:
            return "other", kind
