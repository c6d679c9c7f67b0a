"""What swims is 游, what travels is 遊."""

import pytest

from builder.convert import convert_text
from builder.core.language import TARGETS


def _converted(text: str) -> str:
    return convert_text(text, TARGETS["zh-Hant-TW"]).text


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("鱼在水里游着。", "魚在水裡游著。"),
        ("他一口气游了五百米。", "他一口氣游了五百米。"),
        ("孩子们往岸边游。", "孩子們往岸邊游。"),
        ("我不会游。", "我不會游。"),
        ("她游得很快。", "她游得很快。"),
    ],
)
def test_what_swims_has_water_in_it(source: str, wanted: str) -> None:
    assert _converted(source) == wanted


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("我们在湖里游玩。", "我們在湖裡遊玩。"),
        ("旅游得很开心。", "旅遊得很開心。"),
        ("他游了一趟西湖。", "他遊了一趟西湖。"),
    ],
)
def test_who_travels_does_not_swim(source: str, wanted: str) -> None:
    assert _converted(source) == wanted
