"""The command line speaks the person's language: asked for, named by a variable, or the system's."""

import os
import subprocess
import sys
from pathlib import Path
from unicodedata import east_asian_width

import pytest

from builder.cli import main
from builder.cli.tongue import tongue
from builder.core.errors import ConfigError


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        (["--lang", "zh", "build"], {}, "zh-Hans"),
        (["build", "--lang=zh-TW"], {"LANG": "en_US.UTF-8"}, "zh-Hant"),
        (["build"], {"BUILDER_LANG": "zh", "LC_ALL": "C"}, "zh-Hans"),
        (["build"], {"LC_ALL": "zh_HK.UTF-8", "LANG": "en_US"}, "zh-Hant"),
        (["build"], {"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, "zh-Hans"),
        (["build"], {"LANG": "fr_FR.UTF-8"}, "en"),
        (["build"], {}, "en"),
        (["check", "--", "--lang", "zh"], {}, "en"),
    ],
)
def test_who_says_it_last_and_nearest_holds(
    arguments: list[str], environment: dict[str, str], language: str
) -> None:
    spoken, rest = tongue(arguments, environment)
    assert spoken == language
    assert rest == [one for one in arguments if arguments[0] == "check" or one == "build"]


@pytest.mark.parametrize(
    ("arguments", "environment"), [(["--lang", "fr"], {}), ([], {"BUILDER_LANG": "klingon"})]
)
def test_a_language_that_is_not_spoken_is_told(
    arguments: list[str], environment: dict[str, str]
) -> None:
    with pytest.raises(ConfigError, match="does not speak") as caught:
        tongue(arguments, environment)
    assert caught.value.diagnostic.code == "B046"


def test_an_error_is_told_in_chinese(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "zh", "build", str(tmp_path / "没有.txt")]) == 4
    assert "错误 R001：没有这个文件或文件夹\n  建议：" in capsys.readouterr().err
    assert main(["--lang", "zh-TW", "build", str(tmp_path / "没有.txt")]) == 4
    assert "錯誤 R001：沒有這個檔案或資料夾" in capsys.readouterr().err


def test_programs_hear_the_same_language(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--lang", "zh", "build", "--json", "没有.txt"])
    assert "没有这个文件" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["biuld"], "没有 biuld 这个命令"),
        (["build", "--tpo"], "没有 --tpo 这个选项"),
        (["build", "--zzz"], "没有 --zzz 这个选项"),
        (["build", "--to"], "选项 --to 后面要有值"),
        (["build", "--strict=1"], "选项 --strict 后面不带值"),
        (["new"], "缺参数"),
        (["new", "a", "b"], "多出了参数（b）"),
    ],
)
def test_wrong_usage_is_told_in_chinese(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", "zh", *arguments]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "错误：" in told
    assert "Error" not in told


def test_help_is_in_chinese_and_fits_the_terminal() -> None:
    code = "import sys; from builder.cli import main; sys.exit(main(sys.argv[1:]))"
    environment = os.environ | {"BUILDER_LANG": "zh", "PYTHONUTF8": "1", "COLUMNS": "80"}
    for command in ([], ["build"], ["fonts"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *command, "--help"],
            env=environment, capture_output=True, text=True, encoding="utf-8", check=True,
        )  # fmt: skip
        lines = done.stdout.splitlines()
        assert lines[0].startswith("用法：")
        assert "选项：" in lines
        assert any(line.endswith("显示这段说明，然后结束。") for line in lines)
        for line in lines:
            assert sum(1 + (east_asian_width(one) in "WF") for one in line) <= 80
            assert not line.strip().startswith(tuple("，。、：；）"))


@pytest.mark.parametrize(
    ("tongue", "said"),
    [("en", "'x' is not one of 'saddle'"), ("zh", "'--binding' 不能是 'x'；可用的值：'saddle'")],
)
def test_a_value_that_is_no_choice_is_told_with_the_choices(
    tongue: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", tongue, "impose", "a.pdf", "--binding", "x"]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "Value error" not in told
