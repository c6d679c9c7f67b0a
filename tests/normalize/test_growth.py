"""What a book's ads teach costs no second reading of each of its lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.core.config import Config
from builder.core.manuscript import Manuscript, SourceFile
from builder.normalize import normalize
from builder.normalize.ads import survey
from builder.normalize.ads.reading import Reading, again, read_line
from builder.normalize.ads.tokens import Learned

MANY = 300
STORY = "老何把船灯挂在桅杆下面，数到天亮也没有说话。\n" * 3
PIECES = st.sampled_from(
    [
        "www.qingluan9.cc",
        "http://m.dafeng17.net/read",
        "dafeng18。net",
        "青鸾阁",
        "大风文学网",
        "最新章节",
        "求月票",
        "老何走了。",
        "第三章 夜雨",
        "（",
        "）",
        "，",
        " ",
    ]
)
LINES = st.lists(PIECES, min_size=1, max_size=8).map("".join)
LEARNED = st.builds(
    lambda names, addresses: Learned().and_more(names, addresses),
    st.sets(st.sampled_from(["青鸾阁", "大风文学网"])),
    st.sets(st.sampled_from(["qingluan9.cc", "dafeng17.net", "dafeng18.net"])),
)


def test_addresses_that_are_learned_have_no_line_read_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[str] = []

    def counted(line: str, learned: Learned) -> Reading:
        read.append(line)
        return read_line(line, learned)

    monkeypatch.setattr(survey, "read_line", counted)
    ads = [f"http://www.dafeng{number}.com/x{number}" for number in range(MANY)]
    text = f"第一章 堤上\n{STORY}" + "\n".join(ads) + "\n"
    manuscript = Manuscript(text, text, (SourceFile("a.txt", 0, len(text), "utf-8"),))
    left = normalize(manuscript, Config()).manuscript.text
    assert "http" not in left
    assert "老何" in left
    assert sorted(line for line in read if line.startswith("http")) == sorted(ads)


@given(LINES, LEARNED, LEARNED)
def test_a_line_told_again_is_the_line_read_anew(line: str, before: Learned, more: Learned) -> None:
    learned = before.and_more({*more.names}, {*more.addresses})
    told = again(read_line(line, before), learned)
    if told is None:
        assert any(name in line for name in learned.names)
    else:
        assert told == read_line(line, learned)
