"""SOURCE_DATE_EPOCH has to be a number of seconds."""

from pathlib import Path

import pytest

from builder.core.errors import ConfigError
from builder.pipeline import BuildOptions, build


@pytest.mark.parametrize("value", ["yesterday", "1e99", "99999999999999999999"])
def test_a_date_that_is_no_number_is_told(value: str, chapter_folder: Path, tmp_path: Path) -> None:
    options = BuildOptions(
        formats=("epub",), out=tmp_path, environment={"SOURCE_DATE_EPOCH": value}
    )
    with pytest.raises(ConfigError) as caught:
        build(chapter_folder, options)
    assert caught.value.diagnostic.code == "B022"


def test_a_number_is_a_date(chapter_folder: Path, tmp_path: Path) -> None:
    options = BuildOptions(formats=("epub",), out=tmp_path, environment={"SOURCE_DATE_EPOCH": "0"})
    assert build(chapter_folder, options).files
