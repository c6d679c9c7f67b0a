"""Laws of sort forms: surname first, one word each; titles in syllables."""

import pytest

from builder.convert import simplified
from builder.core.book import Creator, Metadata
from builder.pinyin import sort_form, with_sort_forms
from builder.pinyin.sorting import name_form


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("沈砚", "Shen Yan"),
        ("欧阳修", "Ouyang Xiu"),
        ("曾鞏", "Zeng Gong"),
        ("單雄信", "Shan Xiongxin"),
        ("陳平安", "Chen Ping'an"),
        ("吕布", "Lü Bu"),
        ("李 白", "Li Bai"),
        ("（清）蒲松龄", "Pu Songling"),
        ("[英]查尔斯·狄更斯", "Cha'ersi Digengsi"),
        ("我爱读书", "Wo ai du shu"),
        ("李", "Li"),
        ("老船夫A", "Lao chuan fu A"),
        ("Emily Brontë", ""),
        ("", ""),
    ],
)
def test_a_name_is_sorted_by_its_surname(name: str, form: str) -> None:
    assert name_form(name, simplified) == form


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("渡口记", "Du kou ji"),
        ("水滸傳", "Shui hu zhuan"),
        ("长乐路：1937", "Chang le lu 1937"),
        ("三体II", "San ti II"),
        ("Wuthering", ""),
        ("女儿", "Nü er"),
    ],
)
def test_a_title_is_sorted_by_its_syllables(title: str, form: str) -> None:
    assert sort_form(title, simplified) == form


def test_a_sort_form_that_is_given_stays() -> None:
    given = Metadata(
        "渡口记", "zh-Hans", creators=(Creator("沈砚", file_as="Shen"),), file_as="Dukou"
    )
    assert with_sort_forms(given, simplified) == given


def test_title_and_creators_get_sort_forms() -> None:
    book = Metadata("渡口记", "zh-Hans", creators=(Creator("沈砚"), Creator("Li, Po")))
    sorted_ = with_sort_forms(book, list)
    assert sorted_.file_as == "Du kou ji"
    assert [creator.file_as for creator in sorted_.creators] == ["Shen Yan", ""]
