"""veraPDF is really asked, and really objects."""

import warnings
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
import weasyprint

from tests.judges import JudgeError, verapdf
from tests.judges.tiny import tiny_pdf
from tests.judges.verapdf import Flavour

pytestmark = pytest.mark.judge

PAGE = """<html lang="zh-Hans"><head><title>渡口</title></head>
<body><h1>第一章</h1><p>水底下有人敲钟。<a href="#end">后来</a></p><p id="end">天亮了。</p></body></html>"""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[Flavour, Path]:
    """A file for each standard that claims it and keeps it."""
    folder = tmp_path_factory.mktemp("sound")
    variants: dict[Flavour, str] = {"ua1": "pdf/ua-1", "2u": "pdf/a-2u"}
    with warnings.catch_warnings():
        # WeasyPrint leaves its colour profile open.
        warnings.simplefilter("ignore", ResourceWarning)
        for flavour, variant in variants.items():
            weasyprint.HTML(string=PAGE).write_pdf(folder / f"{flavour}.pdf", pdf_variant=variant)
    return {flavour: folder / f"{flavour}.pdf" for flavour in variants}


@pytest.mark.parametrize("flavour", ["ua1", "2u"])
def test_a_file_that_keeps_a_standard_has_no_faults(
    sound: dict[Flavour, Path], flavour: Flavour
) -> None:
    assert verapdf(sound[flavour], flavour) == []


def test_a_file_without_tags_or_metadata_keeps_neither_standard(tmp_path: Path) -> None:
    pdf = tiny_pdf(tmp_path / "渡口.pdf")
    assert {"7.1-8", "7.1-11", "7.1-3", "7.21.4.1-1"} <= rules(verapdf(pdf, "ua1"))
    assert {"6.2.11.4.1-1", "6.6.2.1-1"} <= rules(verapdf(pdf, "2u"))


def rules(faults: list[str]) -> set[str]:
    return {fault.split()[0] for fault in faults}


def no_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def no_title(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        del metadata["dc:title"]


def no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def no_words_for_links(pdf: pikepdf.Pdf) -> None:
    [link] = pdf.pages[0].Annots
    del link.Contents


def no_claim(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        for name in ("pdfuaid:part", "pdfaid:part"):
            if name in metadata:
                del metadata[name]


def no_unicode(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        del font.ToUnicode


def no_marks(pdf: pikepdf.Pdf) -> None:
    marks = {"BDC", "BMC", "EMC"}
    kept = [
        item
        for item in pikepdf.parse_content_stream(pdf.pages[0])
        if str(item.operator) not in marks
    ]
    pdf.pages[0].Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))


@pytest.mark.parametrize(
    ("flavour", "damage", "rule"),
    [
        ("ua1", no_tree, "7.1-11"),
        ("ua1", no_marks, "7.1-3"),
        ("ua1", no_title, "7.1-9"),
        ("ua1", no_language, "7.2-34"),
        ("ua1", no_words_for_links, "7.18.5-2"),
        ("ua1", no_claim, "5-1"),
        ("2u", no_claim, "6.6.4-2"),
        ("2u", no_unicode, "6.2.11.7.2-1"),
    ],
)
def test_one_thing_amiss_is_caught_by_its_rule(
    sound: dict[Flavour, Path],
    flavour: Flavour,
    damage: Callable[[pikepdf.Pdf], None],
    rule: str,
    tmp_path: Path,
) -> None:
    with pikepdf.open(sound[flavour]) as pdf:
        damage(pdf)
        pdf.save(tmp_path / "damaged.pdf", static_id=True)
    assert rule in rules(verapdf(tmp_path / "damaged.pdf", flavour))


def test_a_file_that_is_no_pdf_is_no_verdict_and_the_next_is_judged(
    sound: dict[Flavour, Path], tmp_path: Path
) -> None:
    torn = tmp_path / "torn.pdf"
    torn.write_text("第一章", "utf-8")
    with pytest.raises(JudgeError, match=r"cannot read torn\.pdf"):
        verapdf(torn, "ua1")
    assert verapdf(sound["ua1"], "ua1") == []
