"""Markdown that is called .txt is read as Markdown; a text that only looks a little like it is not."""

import pytest

from builder.core.config import Config, SourceConfig
from builder.core.manuscript import MarkKind
from builder.read.markdown_evidence import is_markdown
from tests.read.conftest import ReadFiles

NOVEL = (
    "# 枣树记\n\n## 第一章 雨夜\n\n雨下了一夜。**老赵**蹲在门槛上抽烟。\n\n“走吧。”他说。\n\n---\n\n"
    "### 1. 月台\n\n月台上只剩下一个卖橘子的女人。\n\n## 第二章 薄冰\n\n> 一切都好，勿念。\n\n- 米三斗\n- 盐两斤\n"
)


@pytest.mark.parametrize(
    "text",
    [
        NOVEL,
        "# 第一章 雨夜\n\n雨下了一夜。\n\n**老赵**蹲在门槛上。\n",
        "\n# 枣树记\n\n## 第一章\n\n雨停了。\n\n## 第二章\n\n天亮了。\n",
        "## 甲\n\n见[渡口](https://example.org/a)。\n\n## 乙\n\n```\n# 码\na\nb\n```\n",
        "## 甲\n\n| 年 | 水位 |\n|---|---|\n| 一 | 三尺 |\n\n## 乙\n\n天亮了。\n",
    ],
)
def test_what_is_written_in_markdown_is_markdown(text: str) -> None:
    assert is_markdown(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "第一章 雨夜\n\n雨下了一夜。**老赵**蹲在门槛上。\n",  # no heading
        "# 第一章\n\n雨停了。\n\n# 第二章\n\n天亮了。\n",  # nothing else of Markdown
        "#第一章\n\n雨停了，**走**。\n\n#第二章\n\n天亮了。\n",
        "## 第一章\n雨停了。\n他走了。\n\n# 第二章\n天亮了。\n门开了。\n",  # each line is a paragraph
        "# 甲\n\n**雨**停了。\n\n    天亮了。\n\n    门开了。\n\n# 乙\n\n完。\n",  # indents, no code
        "雨停了。\n\n他写下 # 号。\n\n# 三号房\n\n**门**开了。\n",  # one heading inside
    ],
)
def test_what_only_looks_a_little_like_it_is_text(text: str) -> None:
    assert not is_markdown(text)


def test_a_text_file_of_markdown_is_read_like_one_with_its_name(read_files: ReadFiles) -> None:
    texts = []
    for name in ("a.txt", "a.md"):
        manuscript = read_files(
            {name: NOVEL}, Config(source=SourceConfig(files=(name,)))
        ).manuscript
        texts.append((manuscript.text, manuscript.marks))
    assert texts[0] == texts[1]
    assert sum(mark.kind is MarkKind.HEADING for mark in texts[0][1]) == 4
    assert "**" not in texts[0][0]
