"""An answer has a word, what it became and what it shall be."""

from pathlib import Path

import pytest

from builder.core.errors import ConfigError
from builder.studio.desk import Desks
from builder.studio.glossary import answer


@pytest.mark.parametrize(
    "row",
    [
        "里", {}, {"words": "里"}, {"words": ["里"]}, {"words": [{"word": "里", "became": "裏"}]},
        {"words": [{"word": "里\t面", "became": "裏", "correct": "里"}]},
        {"words": [{"word": "里", "became": "裏", "correct": "里\n坏\t行"}]},
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused(row: object, tmp_path: Path) -> None:
    draft = Desks(tmp_path).begin("0" * 32, "水账.txt")
    with pytest.raises(ConfigError) as refused:
        answer(draft, [row])
    assert refused.value.diagnostic.code == "W017"
    assert not (draft.source / "names.tsv").exists()


def test_answers_become_the_glossary_and_later_ones_count(tmp_path: Path) -> None:
    draft = Desks(tmp_path).begin("0" * 32, "水账.txt")
    row = {"words": [{"word": "里", "became": "裏", "correct": "里"}]}
    assert answer(draft, [row]) == 1
    assert (draft.source / "names.tsv").read_text("utf-8") == "里\t里\n"
    assert draft.settings()["convert.glossary"] == ["names.tsv"]
    again = {"words": [{"word": "里", "became": "裏", "correct": "裡"}]}
    assert answer(draft, [again]) == 1
    assert (draft.source / "names.tsv").read_text("utf-8") == "里\t裡\n"
