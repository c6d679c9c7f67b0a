"""The designs: one module each, all with the same verb."""

from collections.abc import Callable
from dataclasses import dataclass

from builder.covers.brief import Brief
from builder.covers.canvas import HEIGHT, Box, Canvas
from builder.covers.designs import blocks, landscape, minimal, moon, seal, stitched, waves, window
from builder.covers.typefaces import Style
from builder.covers.wording import CoverWords


@dataclass(frozen=True, slots=True)
class Design:
    """`colours` are the names of main colours that suit it. `motifs` are characters of a title
    that it is a picture of, `subjects` words of a book's subjects that it goes with, both in
    either script. `longest_column` is the longest title, in characters, that it sets in columns
    by itself. On a wrap, spine and back are lettered in its two styles, and down to `calm_foot`
    its ground is calm enough to be lettered. `binding` is what thread takes of the back, beside the
    spine. `spine_label` lays what the words of the spine stand
    on.
    """

    name: str
    draw: Callable[[Canvas, Brief], None]
    colours: tuple[str, ...]
    motifs: str = ""
    subjects: tuple[str, ...] = ()
    longest_column: int = 0
    title_style: Style = "song"
    text_style: Style = "kai"
    calm_foot: float = HEIGHT
    binding: float = 0.0
    spine_label: Callable[[Canvas, Brief, Box], None] | None = None
    suits: Callable[[CoverWords], bool] = lambda _words: True

    def is_meant(self, title: str, subjects: tuple[str, ...]) -> bool:
        """Whether title or subjects speak of what the design shows."""
        return any(character in self.motifs for character in title) or any(
            word in subject for subject in subjects for word in self.subjects
        )


def _is_chinese(words: CoverWords) -> bool:
    return not words.runs_across


def _fits_a_seal(words: CoverWords) -> bool:
    return words.is_han and words.han_count <= 6


def _fits_fields(words: CoverWords) -> bool:
    return 2 <= len(words.title) <= 8 and words.is_han


DESIGNS = (
    Design(
        "stitched",
        stitched.draw,
        ("indigo", "pine", "umber", "slate"),
        motifs="史传傳记記志誌录錄谱譜经經典",
        subjects=("历史", "歷史", "古典", "笔记", "筆記"),
        longest_column=12,
        title_style="kai",
        binding=stitched.STITCH,
        spine_label=stitched.spine_label,
        suits=_is_chinese,
    ),
    Design(
        "minimal",
        minimal.draw,
        ("vermilion", "indigo", "bamboo", "ochre", "slate"),
        subjects=("散文", "随笔", "隨筆", "哲学", "哲學"),
        title_style="sans",
        text_style="sans",
    ),
    Design(
        "landscape",
        landscape.draw,
        ("slate", "pine", "indigo", "ink"),
        motifs="山峰岭嶺崖云雲剑劍侠俠仙",
        subjects=("武侠", "武俠", "仙侠", "仙俠", "修真"),
        longest_column=10,
        calm_foot=1150,
    ),
    Design(
        "blocks",
        blocks.draw,
        ("vermilion", "pine", "plum", "ochre", "indigo"),
        motifs="城街市",
        subjects=("都市", "推理", "悬疑", "懸疑"),
        longest_column=8,
        text_style="sans",
        suits=_fits_fields,
    ),
    Design(
        "seal",
        seal.draw,
        ("vermilion", "rouge"),
        motifs="印帝王皇朝",
        suits=_fits_a_seal,
    ),
    Design(
        "moon",
        moon.draw,
        ("indigo", "plum", "pine", "slate"),
        motifs="月夜星梦夢",
        subjects=("科幻", "奇幻", "恐怖"),
        longest_column=10,
        calm_foot=1560,
    ),
    Design(
        "waves",
        waves.draw,
        ("indigo", "pine", "slate", "plum"),
        motifs="海浪潮江河湖水船舟渡鱼魚",
        longest_column=10,
        calm_foot=1420,
    ),
    Design(
        "window",
        window.draw,
        ("bamboo", "pine", "umber", "slate"),
        motifs="竹园園庭院窗楼樓宅",
        subjects=("言情", "青春"),
        longest_column=8,
    ),
)
