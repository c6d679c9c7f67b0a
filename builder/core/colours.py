"""Colours by name, as Chinese painters and dyers call them, and by `#rrggbb`.

Values are read off swatches of traditional dyes and darkened until white letters on them have
a contrast of 4.5 : 1 (WCAG 2.1, 1.4.3), ochre excepted, which is given dark letters.
"""

import re

RGB = tuple[int, int, int]

COLOURS: dict[str, RGB] = {
    "indigo": (0x1F, 0x3A, 0x5F),  # 靛青
    "slate": (0x3E, 0x4C, 0x57),  # 黛
    "vermilion": (0xB0, 0x30, 0x27),  # 朱
    "rouge": (0x8C, 0x2A, 0x3A),  # 胭脂
    "bamboo": (0x4E, 0x6E, 0x52),  # 竹青
    "pine": (0x24, 0x50, 0x46),  # 松绿
    "ochre": (0xC2, 0x93, 0x3A),  # 藤黄
    "umber": (0x7E, 0x4A, 0x2E),  # 赭
    "plum": (0x55, 0x37, 0x58),  # 绛紫
    "ink": (0x2B, 0x2D, 0x31),  # 墨
}
# Example: #7a1f1f. Counter-example: #7a1, 7a1f1f.
HEX = re.compile("#[0-9a-fA-F]{6}")


def colour_of(name: str) -> RGB | None:
    """The colour that `name` means, a name of ours or `#rrggbb`; None for anything else."""
    if HEX.fullmatch(name):
        return int(name[1:3], 16), int(name[3:5], 16), int(name[5:7], 16)
    return COLOURS.get(name)
