"""The EPUB's style sheets leave the reader in charge, and parse."""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from tinycss2.ast import AtRule, Declaration, Node, ParseError, QualifiedRule

from builder.core.files import style

tinycss2: Any = import_module("tinycss2")  # it carries no types
SHEETS = ("base.css", "epub.css", "columns.css")
# What belongs to the reader on every page: the face and size of the text, its leading, its
# colours, its margins.
ROOT_ONLY = re.compile(r"(?:html|body|p|:root|\*)")
FORBIDDEN_ANYWHERE = {"color", "background", "background-color", "font-family"}
FORBIDDEN_ON_THE_TEXT = {"font-size", "line-height", "margin-left", "margin-right", "padding"}


def rules(nodes: list[Node]) -> Iterator[tuple[str, Declaration]]:
    """Every declaration with its selector, inside @supports too."""
    for node in nodes:
        match node:
            case QualifiedRule():
                selector = tinycss2.serialize(node.prelude).strip()
                for inner in tinycss2.parse_declaration_list(
                    node.content, skip_comments=True, skip_whitespace=True
                ):
                    assert isinstance(inner, Declaration), f"{selector}: {inner}"
                    yield selector, inner
            case AtRule() if node.content is not None:
                yield from rules(
                    tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
                )
            case ParseError():
                raise AssertionError(node.message)
            case _:
                pass


def declarations(css: str) -> list[tuple[str, str, str]]:
    """Every declaration as selector, property and value; a list of selectors counts as each."""
    sheet = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return [
        (
            part.strip(),
            one.name,
            tinycss2.serialize(one.value).strip() + "!important" * one.important,
        )
        for selector, one in rules(sheet)
        for part in selector.split(",")
    ]


def impositions(css: str) -> list[str]:
    """What a style sheet takes out of the reader's hands."""
    found = []
    sheet = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    for selector, declaration in rules(sheet):
        value = tinycss2.serialize(declaration.value).strip()
        is_text = any(ROOT_ONLY.fullmatch(part.strip()) for part in selector.split(","))
        if (
            declaration.important
            or (declaration.name in FORBIDDEN_ANYWHERE and value != "inherit")
            or (declaration.name in FORBIDDEN_ON_THE_TEXT and is_text)
            or (declaration.name == "font-size" and re.search(r"%|px|pt|rem", value))
        ):
            found.append(f"{selector} {{ {declaration.name}: {value} }}")
    return found


@pytest.mark.parametrize("name", SHEETS)
def test_our_styles_leave_the_reader_in_charge(name: str) -> None:
    assert impositions(style(name)) == []


@pytest.mark.parametrize(
    "css",
    [
        "p { color: black }",
        "h1 { background: #fff }",
        "body { font-family: serif }",
        "body, li { line-height: 1.8 }",
        "p { margin-left: 2em }",
        "h2 { font-size: 120% }",
        ".line { text-indent: 0 !important }",
        "@supports (x: y) { em { color: red } }",
    ],
)
def test_a_style_that_takes_over_is_noticed(css: str) -> None:
    assert len(impositions(css)) == 1
