"""Rules of one book: read with file and line, refused when they could take for ever."""

import pytest

from builder.core.config import Config, NormalizeConfig
from builder.core.errors import ConfigError
from builder.core.manuscript import Manuscript, SourceFile
from builder.normalize import RuleFile, normalize
from builder.normalize.user_rules import slowness, user_rules


def cleaned(text: str, *files: RuleFile, config: Config | None = None) -> str:
    manuscript = Manuscript(text, text, (SourceFile("a.txt", 0, len(text), "utf-8"),))
    return normalize(manuscript, config or Config(), files).manuscript.text


LITERAL = RuleFile("own.toml", '[[rule]]\ncode = "U001"\nfind = "渡囗"\nreplace = "渡口"\n')
PATTERN = RuleFile("own.tsv", "# 章\nU002\tlossy\tpattern\t第(.{1,3})囗\t第\\1回\t扫描\n")


def test_literal_and_pattern_rules_run() -> None:
    assert cleaned("他在渡囗读到第三囗。", LITERAL, PATTERN) == "他在渡口读到第三回。"


def test_a_rule_of_ones_own_can_be_disabled_by_code() -> None:
    config = Config(normalize=NormalizeConfig(disable=("U001",)))
    assert cleaned("他在渡囗。", LITERAL, config=config) == "他在渡囗。"


def test_what_a_rule_of_ones_own_changed_is_told() -> None:
    text = "他在渡囗。"
    manuscript = Manuscript(text, text, (SourceFile("a.txt", 0, len(text), "utf-8"),))
    found = normalize(manuscript, Config(), (LITERAL,)).diagnostics
    assert [(d.code, str(d.location)) for d in found] == [("N110", "a.txt:1:4")]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        ('[[rule]]\ncode = "U001', "N202", 2),
        ("[other]\n", "N203", 1),
        ('rule = "U001"\n', "N203", 1),
        ("rule = [1]\n", "N203", 0),
        ('[[rule]]\ncode = "U001"\nfind = "甲"\nkinds = "safe"\n', "N203", 1),
        ('[[rule]]\ncode = 1\nfind = "甲"\n', "N203", 1),
        ('[[rule]]\ncode = "U001"\n', "N203", 1),
        ('[[rule]]\ncode = "U1"\nfind = "甲"\n', "N203", 1),
        ('[[rule]]\ncode = "U001"\nfind = "甲"\nkind = "fine"\n', "N203", 1),
        ('[[rule]]\ncode = "U001"\nfind = ""\n', "N203", 1),
        ('[[rule]]\ncode = "U001"\nfind = "甲"\nreplace = "甲乙"\n', "N203", 1),
        ('[[rule]]\ncode="U001"\nfind="甲"\n\n[[rule]]\ncode="U001"\nfind="乙"\n', "N203", 5),
        ('[[rule]]\ncode = "U001"\npattern = "(甲"\n', "N204", 1),
        ('[[rule]]\ncode = "U001"\npattern = "甲"\nreplace = "\\\\1"\n', "N204", 1),
        ('[[rule]]\ncode = "U001"\npattern = "甲*"\n', "N205", 1),
    ],
)
def test_a_bad_rule_is_refused_where_it_stands(content: str, code: str, line: int) -> None:
    with pytest.raises(ConfigError) as caught:
        user_rules((RuleFile("own.toml", content),))
    assert caught.value.diagnostic.code == code
    assert caught.value.location is not None
    assert (caught.value.location.file, caught.value.location.line) == ("own.toml", line)


@pytest.mark.parametrize("line", ["U001\tlossy\t甲", "U001\tlossy\tfuzzy\t甲\t乙"])
def test_a_bad_line_of_a_table_is_refused_where_it_stands(line: str) -> None:
    with pytest.raises(ConfigError) as caught:
        user_rules((RuleFile("own.tsv", f"\n{line}\n"),))
    assert str(caught.value.location) == "own.tsv:2"


@pytest.mark.parametrize(
    "pattern",
    ["甲*", "甲+乙", "甲{2,}", "(甲{0,9}乙){0,9}", "(甲|甲乙){2}", r"(甲)\1", "甲{0,200}乙{0,200}"],
)
def test_a_pattern_that_may_be_slow_is_refused(pattern: str) -> None:
    assert slowness(pattern) is not None


@pytest.mark.parametrize(
    "pattern",
    [
        "甲{0,80}",
        "第[一二三]{1,9}章",
        r"\*{3}",
        "[*+]乙",
        "(?:甲乙)?丙",
        "甲|乙",
        "甲{,}",
        "(甲{2}){3}",
    ],
)
def test_a_pattern_with_bounds_is_allowed(pattern: str) -> None:
    assert slowness(pattern) is None


def test_an_unknown_code_names_the_nearest() -> None:
    with pytest.raises(ConfigError) as caught:
        cleaned("甲", config=Config(normalize=NormalizeConfig(enable=("N0351",))))
    assert caught.value.diagnostic.code == "N201"
    assert "N035" in caught.value.hint
