"""PrintDocument → PDF by our own press; WeasyPrint tells what the style sheets say.

It also lays out what is not prose. Must be imported only after `load_host`.
"""

from dataclasses import replace
from functools import partial

from builder.core.book import Asset, Book
from builder.core.collector import paused_collector
from builder.core.config import Config
from builder.core.publication import PrintDocument
from builder.core.traversal import walk
from builder.fonts import missing_characters
from builder.prepress import OnPaper
from builder.press.about import about
from builder.press.assemble import Binding, Materials, assemble
from builder.press.comparison import words_in
from builder.press.demands import unheard
from builder.press.edition import set_edition, text_page
from builder.press.face import Faces
from builder.press.framing import frame_from
from builder.press.headroom import headrooms
from builder.press.host import Host
from builder.press.hosting import lay_out
from builder.press.inking import in_inks, unread_pictures
from builder.press.lines import LineBreaker
from builder.press.looks import Looks
from builder.press.marks import laws_of
from builder.press.pictures import in_rgb
from builder.press.pressed import Pressed
from builder.press.remarks import remarks_to_diagnostics
from builder.press.ruby import room
from builder.press.setting import Copy, Run
from builder.press.stretches import atom_room


def _room(copy: Copy, run: Run, *, faces: Faces, is_vertical: bool) -> float:
    """The points of what is set as a whole."""
    if is_vertical:
        return atom_room(copy, run, faces)
    if run.kind == "image":
        return float(run.extra)
    return room(copy, run, faces, in_columns=False)


def _resources(document: PrintDocument, config: Config) -> tuple[Asset, ...]:
    """The book's files, without printing inks where a standard forbids them."""
    if config.pdf.ink == "rgb" and "pdf/a-2u" in config.pdf.variant:
        return tuple(map(in_rgb, document.resources))
    return document.resources


def _in_headings(book: Book) -> str:
    """The characters of all headings, each once."""
    return "".join({one for _, section in walk(book.sections) for one in section.heading})


def typeset(document: PrintDocument, config: Config) -> Pressed:
    """Set `document.book`. Raises ComposeError E004, Refusal."""
    book = document.book
    assert book is not None  # noqa: S101  (the caller chose the engine by it)
    is_vertical = config.typography.vertical
    # What is made here lives until the page is full or until the end.
    with paused_collector():
        resources = _resources(document, config)
        host = Host(document.stylesheets, resources, ink=config.pdf.ink)
        frame = frame_from(document, host, is_vertical=is_vertical)
        faces = Faces(host.chooser(), expected=_in_headings(book))
        breaker = LineBreaker(
            faces,
            laws_of(config),
            partial(_room, faces=faces, is_vertical=is_vertical),
            in_columns=is_vertical,
        )
        page, leading = text_page(frame), frame.base.leading
        looks = Looks(frame, faces, measure=page.measure_x, grid=leading)
        laid = lay_out(
            document,
            host,
            page,
            leading=0.0 if is_vertical else leading,
            headed=headrooms(book, looks) if any(one.is_led for one in document.hosted) else {},
        )
        inked = in_inks(laid.slabs, config.pdf.ink)
        laid = replace(laid, slabs=inked.slabs)
        edition = set_edition(document, book, frame, faces, breaker, laid)
        assembled = assemble(
            edition.pages,
            edition.tree,
            Materials(faces, laid.slabs),
            book=about(document),
            binding=Binding(
                document.contents, edition.front_page_count, is_vertical, edition.elsewhere
            ),
            standards=config.pdf.variant,
            on_paper=OnPaper(config.pdf.ink, config.pdf.marks, has_links=document.has_links),
        )
    unset = words_in("".join((document.front_html, *(one.html for one in document.hosted))))
    return Pressed(
        assembled.pdf,
        assembled.page_count,
        edition.starts,
        (
            *missing_characters(unset + "".join(faces.missing), document.metadata.language),
            *remarks_to_diagnostics(host.remarks, host.refused),
            *unheard(document, host, frame),
            *assembled.diagnostics,
            *unread_pictures(inked.unread, config.pdf.ink),
        ),
    )
