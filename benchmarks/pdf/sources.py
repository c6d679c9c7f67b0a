"""The same novel as each program wants it, with settings as near to each other as they get.

All of them: A5, a grid of 28 characters of 10.5 pt by 25 lines of 17.85 pt, justified, indents
of 2 em, a page for the title, contents, a running head with book and chapter, folios, an
outline, tags where a program writes any. The faces are Noto Serif CJK SC for text and titles.
"""

import html
import re
from collections.abc import Iterator

from benchmarks.pdf.child import HEADING
from benchmarks.pdf.novel import Novel
from builder.compose.page_grid import FONT_SIZE_PT, LEADING_PT
from builder.compose.page_layout import layout_of
from builder.core.config import PdfConfig

FACE = "Noto Serif CJK SC"
PAGE = layout_of(PdfConfig(), is_vertical=False)
TOP, OUTER, BOTTOM, INNER = PAGE.top, PAGE.outer, PAGE.bottom, PAGE.inner

# Characters with a meaning of their own. Examples: 100%, T-400.
_IN_TYPST = re.compile(r"[\\#*_`$<>@=\-+/\[\]~\"']")
_IN_TEX = re.compile(r"[%#&$_{}]")

TYPST = rf"""#set document(title: "{{title}}")
#let chapter = state("chapter", [])
#set page(
  width: {PAGE.width_mm}mm, height: {PAGE.height_mm}mm,
  margin: (top: {TOP}pt, bottom: {BOTTOM}pt, inside: {INNER}pt, outside: {OUTER}pt),
  binding: left, numbering: "1",
  header: context {{{{
    set text(8pt)
    if calc.even(here().page()) [{{title}}] else {{{{ align(right, chapter.get()) }}}}
  }}}},
)
#set text(
  font: "{FACE}", size: {FONT_SIZE_PT}pt, lang: "zh", region: "cn",
  top-edge: 0.88em, bottom-edge: -0.12em,
)
#set par(
  justify: true, first-line-indent: (amount: 2em, all: true),
  leading: {LEADING_PT - FONT_SIZE_PT}pt, spacing: {LEADING_PT - FONT_SIZE_PT}pt,
)
#show heading: it => {{{{
  pagebreak(weak: true)
  chapter.update(it.body)
  v(53.55pt)
  align(center, text(16pt, weight: "bold", it.body))
  v(53.55pt)
}}}}
#align(center + horizon, text(24pt, weight: "bold")[{{title}}])
#pagebreak()
#outline(title: [目录])
"""

TEX = rf"""\documentclass[UTF8,fontset=none,openany,linespread=1]{{ctexbook}}
\setCJKmainfont[BoldFont={{{FACE} Bold}}]{{{FACE}}}
\setmainfont{{{FACE}}}
\usepackage[paperwidth={PAGE.width_mm}mm,paperheight={PAGE.height_mm}mm,
  inner={INNER}pt,outer={OUTER}pt,top={TOP}pt,bottom={BOTTOM}pt,headheight=13pt,headsep=12pt]{{geometry}}
\setlength\parskip{{0pt}}\raggedbottom\ctexset{{chapter={{beforeskip=36pt,afterskip=53.55pt,
  format=\centering\bfseries\fontsize{{16}}{{35.7}}\selectfont}}}}
\usepackage{{fancyhdr}}\pagestyle{{fancy}}\fancyhf{{}}\fancyhead[LE]{{NAME}}
\fancyhead[RO]{{\leftmark}}\fancyfoot[C]{{\thepage}}\renewcommand\headrulewidth{{0pt}}
\usepackage[hidelinks,bookmarks]{{hyperref}}\setcounter{{secnumdepth}}{{-1}}
\title{{NAME}}\author{{}}\date{{}}
\begin{{document}}\fontsize{{{FONT_SIZE_PT}}}{{{LEADING_PT}}}\selectfont
\maketitle\tableofcontents
"""

CSS = f"""
@page {{ size: {PAGE.width_mm}mm {PAGE.height_mm}mm; @bottom-center {{ content: counter(page); font-size: 9pt }} }}
@page :right {{ margin: {TOP}pt {OUTER}pt {BOTTOM}pt {INNER}pt; @top-right {{ content: string(chapter); font-size: 8pt }} }}
@page :left {{ margin: {TOP}pt {INNER}pt {BOTTOM}pt {OUTER}pt; @top-left {{ content: "NAME"; font-size: 8pt }} }}
html {{ font: {FONT_SIZE_PT}pt/{LEADING_PT}pt "{FACE}" }}
body {{ margin: 0 }}
h1, h2 {{ text-align: center; line-height: 35.7pt; break-after: avoid }}
h1 {{ font-size: 24pt; margin: 30% 0 0; bookmark-level: none }}
h2 {{ font-size: 16pt; margin: 53.55pt 0; break-before: page; bookmark-level: 1; string-set: chapter content() }}
p {{ margin: 0; text-indent: 2em; text-align: justify; orphans: 2; widows: 2 }}
nav h2 {{ bookmark-level: none; string-set: none }}
nav ul {{ list-style: none; margin: 0; padding: 0 }}
nav a {{ color: inherit; text-decoration: none }}
nav a::after {{ content: target-counter(attr(href), page); float: right }}
"""


def prepared(novel: Novel) -> str:
    """For our own press; see `benchmarks.pdf.child`."""
    chapters = (
        "\n".join((f"{HEADING}{one.label}\t{one.title}", *one.paragraphs)) for one in novel.chapters
    )
    return "\n".join((novel.title, *chapters)) + "\n"


def raw(novel: Novel) -> str:
    """As such texts are found: what `builder build` starts from."""
    chapters = ("\n\n".join(_raw(novel, at)) for at in range(len(novel.chapters)))
    return "\n\n\n".join(chapters) + "\n"


def _raw(novel: Novel, at: int) -> Iterator[str]:
    chapter = novel.chapters[at]
    yield f"{chapter.label} {chapter.title}"
    for text in chapter.paragraphs:
        yield f"\N{IDEOGRAPHIC SPACE}\N{IDEOGRAPHIC SPACE}{text}"


def typst(novel: Novel) -> str:
    """A heading or a paragraph a block."""
    blocks = [TYPST.format(title=novel.title)]
    for one in novel.chapters:
        blocks.append(f"= {one.label}　{one.title}")
        blocks += [_IN_TYPST.sub(r"\\\g<0>", text) for text in one.paragraphs]
    return "\n\n".join(blocks) + "\n"


def tex(novel: Novel) -> str:
    """For XeLaTeX with ctex."""
    blocks = [TEX.replace("NAME", novel.title)]
    for one in novel.chapters:
        blocks.append(rf"\chapter{{{one.label}　{one.title}}}")
        blocks += [_IN_TEX.sub(r"\\\g<0>", text) for text in one.paragraphs]
    return "\n\n".join((*blocks, r"\end{document}")) + "\n"


def page(novel: Novel) -> str:
    """One HTML page for WeasyPrint and for Chromium, which leaves out what it does not know."""
    title = html.escape(novel.title)
    items = "".join(
        f'<li><a href="#c{at}">{one.label}　{one.title}</a></li>'
        for at, one in enumerate(novel.chapters)
    )
    chapters = "\n".join(
        f'<section><h2 id="c{at}">{one.label}　{one.title}</h2>\n'
        + "\n".join(f"<p>{html.escape(text)}</p>" for text in one.paragraphs)
        + "</section>"
        for at, one in enumerate(novel.chapters)
    )
    return (
        f'<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{CSS.replace('NAME', novel.title)}</style></head><body><h1>{title}</h1>"
        f"<nav><h2>目录</h2><ul>{items}</ul></nav>\n{chapters}</body></html>\n"
    )
