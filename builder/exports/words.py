"""The few words that a text file says by itself, in the book's script."""

from dataclasses import dataclass

from builder.core.language import is_traditional


@dataclass(frozen=True, slots=True)
class Words:
    """`roles` maps MARC relator codes to what stands before the name."""

    notes: str
    abstract: str
    picture: str
    maker: str
    roles: tuple[tuple[str, str], ...]

    def role(self, code: str) -> str:
        return dict(self.roles).get(code, self.maker)


SIMPLIFIED = Words(
    notes="注释",
    abstract="内容简介",
    picture="图",
    maker="参与",
    roles=(("aut", "作者"), ("trl", "译者"), ("edt", "编者"), ("ill", "绘者"), ("com", "辑者")),
)
TRADITIONAL = Words(
    notes="註釋",
    abstract="內容簡介",
    picture="圖",
    maker="參與",
    roles=(("aut", "作者"), ("trl", "譯者"), ("edt", "編者"), ("ill", "繪者"), ("com", "輯者")),
)


def words_for(language: str) -> Words:
    """The words for a book in `language`; Simplified unless the tag says Traditional."""
    return TRADITIONAL if is_traditional(language) else SIMPLIFIED
