"""The few words that the book says in its own language: 目录, 封面, 著.

They belong to the book, not to the program, so they follow the book's script and not the
language that messages are shown in.
"""

from dataclasses import dataclass

from builder.core.language import is_traditional


@dataclass(frozen=True, slots=True)
class Words:
    """`roles` maps MARC relator codes to what a title page prints after the name; `{}` in
    `note_on_page` is the page where a note stands.
    """

    contents: str
    cover: str
    title_page: str
    colophon: str
    front: str
    start: str
    back: str
    landmarks: str
    pages: str
    notes: str
    note_on_page: str
    note_above: str
    untitled: str
    roles: tuple[tuple[str, str], ...]
    accessibility: str
    accessibility_images: str
    accessibility_pages: str


SIMPLIFIED = Words(
    contents="目录",
    cover="封面",
    title_page="书名页",
    colophon="版权页",
    front="卷首",
    start="正文",
    back="附录",
    landmarks="导航",
    pages="页码",
    notes="注释",
    note_on_page="［见第{}页注］",
    note_above="［见前注］",
    untitled="无题",
    roles=(
        ("aut", "著"),
        ("trl", "译"),
        ("edt", "编"),
        ("com", "辑"),
        ("adp", "改编"),
        ("ann", "注"),
        ("cwt", "评"),
        ("pfr", "校"),
        ("aui", "序"),
        ("ill", "绘"),
    ),
    accessibility="本书为可重排文字，设有目录、标题层级与阅读顺序。",
    accessibility_images="本书为可重排文字，间有图片，设有目录、标题层级与阅读顺序。",
    accessibility_pages="页码与纸书（PDF）一致。",
)

TRADITIONAL = Words(
    contents="目錄",
    cover="封面",
    title_page="書名頁",
    colophon="版權頁",
    front="卷首",
    start="正文",
    back="附錄",
    landmarks="導航",
    pages="頁碼",
    notes="註釋",
    note_on_page="［見第{}頁註］",
    note_above="［見前註］",
    untitled="無題",
    roles=(
        ("aut", "著"),
        ("trl", "譯"),
        ("edt", "編"),
        ("com", "輯"),
        ("adp", "改編"),
        ("ann", "注"),
        ("cwt", "評"),
        ("pfr", "校"),
        ("aui", "序"),
        ("ill", "繪"),
    ),
    accessibility="本書為可重排文字，設有目錄、標題層級與閱讀順序。",
    accessibility_images="本書為可重排文字，間有圖片，設有目錄、標題層級與閱讀順序。",
    accessibility_pages="頁碼與紙書（PDF）一致。",
)


def words_for(language: str) -> Words:
    """The words for a book in `language`; Simplified unless the tag says Traditional."""
    return TRADITIONAL if is_traditional(language) else SIMPLIFIED
