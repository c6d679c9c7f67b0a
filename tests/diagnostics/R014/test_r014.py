"""Links cannot lie in a case folder: copying it would follow them."""

from pathlib import Path

import pytest

from builder.core.config import Config
from builder.core.errors import SourceError
from builder.read import discover, read


def test_a_link_out_of_the_folder_is_refused_and_one_inside_is_not(tmp_path: Path) -> None:
    (tmp_path / "秘密.txt").write_text("雨停了。", encoding="utf-8")
    root = tmp_path / "夜航"
    root.mkdir()
    (root / "1.txt").write_text("雨停了。", encoding="utf-8")
    (root / "2.txt").symlink_to(root / "1.txt")
    assert len(discover(root).files) == 2
    (root / "3.txt").symlink_to(tmp_path / "秘密.txt")
    with pytest.raises(SourceError, match="R014"):
        discover(root)


def test_settings_or_a_cover_may_not_be_links_that_lead_out_either(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text('[book]\ntitle = "别人的书"\n', encoding="utf-8")
    root = tmp_path / "夜航"
    root.mkdir()
    (root / "1.txt").write_text("雨停了。", encoding="utf-8")
    (root / "cover.jpg").symlink_to(tmp_path / "book.toml")
    with pytest.raises(SourceError, match="R014"):
        read(discover(root), Config())
    (root / "book.toml").symlink_to(tmp_path / "book.toml")
    with pytest.raises(SourceError, match="R014"):
        discover(root)
