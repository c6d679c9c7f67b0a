"""What calls a person before a name, and what only a person does behind one.

记者余波, 法医谷雨: who stands behind an office, a trade or kin is called so, even if the name is
also a word. 我弟弟叫余震: so is who is named at the end of a clause. The words themselves are in
callings.txt and titles.txt.
"""

import re
from pathlib import Path

from builder.convert.names_data import side_of
from builder.convert.titles import HELD, TITLES
from builder.convert.word_lists import word_lists

FILE = Path(__file__).with_name("callings.txt")
LONGEST = 5
_LISTS = word_lists(FILE)


# Who is called so before a name. Examples: 记者, 护士长, 妻子. Counter-examples: 家庄, 总.
CALLINGS = frozenset(one for one in (*HELD, *TITLES) if len(one) > 1 and one[0] not in "家氏老") | (
    frozenset(_LISTS["calling"])
)
_CALLING_ENDS = frozenset(one[-1] for one in CALLINGS)
# Behind these stands what somebody is named. Example: 我弟弟叫. Counter-examples: 这叫, 管它叫.
_NAMED = re.compile(
    f"(?:{'|'.join(_LISTS['named'])}|(?:[{''.join(_LISTS['who'])}]|(?P<one>[有个位]))(?:就|也|都|又|才)?叫(?:做|作)?)$"
)
_NAMED_ENDS = frozenset("叫做作名唤字是为称署号")
# What is said of a name itself: 范例|这个名字.
_ITSELF = (
    "这个名字",
    "这名字",
    "这个人",
    "这小子",
    "这家伙",
    "这丫头",
    "这孩子",
    "其人",
    "二字的人",
)
# 主演是|谷粒: who somebody is.
_IS = ("就是", "正是", "便是", "是", "为")
_IS_ENDS = frozenset("是为")
_RANK = re.compile("第[一二三四五六七八九十](?:名|位|棒|任|个)(?:就?是|为)$")
# What only a person does, or is; and what persons do more than others.
_ACTS, _DOES = _LISTS["acts"], _LISTS["does"]
# Whose what, and which: 是我最好的朋友, 是个老警察, 是一位老师. Counter-example: 是我妈妈的生日.
_IS_PERSON = re.compile(
    r"是(?:[我你您他她咱俺本]|一[个位名]|[个位名]|[那这]个|当[年时])\w{0,7}?"
    f"(?:{'|'.join(sorted(CALLINGS, key=len, reverse=True))})(?!\\w)"
)


def is_calling(text: str, at: int) -> bool:
    """Whether an office, a trade or kin stands right before the place: 护士长|于秀珍."""
    if text[at - 1 : at] not in _CALLING_ENDS:
        return False
    return any(text[at - size : at] in CALLINGS for size in range(2, min(LONGEST, at) + 1))


def is_who(text: str, at: int, stop: int) -> bool:
    """Whether it is said who somebody is: 主演是|谷粒."""
    if text[at - 1 : at] not in _IS_ENDS or side_of(text, stop) not in "|”、":
        return False
    if _RANK.search(text, 0, at):
        return True
    return any(
        text[:at].endswith(verb) and is_calling(text, at - len(verb))
        for verb in _IS
        if at > len(verb)
    )


def is_named(text: str, at: int, stop: int) -> bool:
    """Whether somebody is named what stands from `at` to `stop`: 我弟弟叫|余震."""
    if text.startswith(_ITSELF, stop):
        return True
    if text[at - 1 : at] not in _NAMED_ENDS:
        return False
    match = _NAMED.search(text, max(0, at - LONGEST), at)
    if match is None:
        return False
    side = side_of(text, stop)
    return side == "的" if match["one"] else side in "|”、"


def is_person(text: str, stop: int) -> bool:
    """Whether who somebody is ends the clause behind a name: 沈阳|是我表弟."""
    return text.startswith("是", stop) and bool(_IS_PERSON.match(text, stop))


def is_acting(text: str, stop: int) -> bool:
    """Whether what stands behind a name is what only a person does: 谷雨|戴上了手套."""
    return text.startswith(_ACTS, stop)


def is_doing(text: str, stop: int) -> bool:
    """Whether what stands behind a name is what persons do more than others: 谷雨|来了."""
    return text.startswith(_DOES, stop)
