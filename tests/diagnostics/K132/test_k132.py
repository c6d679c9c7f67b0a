"""Mails and uploads to a Kindle have a largest size; a mail grows by base64."""

from pathlib import Path

from builder.check.package import open_package
from builder.check.rejections import rejections
from builder.core.devices import DEVICES, MB
from tests.check.books import write_epub


def told(folder: Path, device: str, size: int) -> list[str]:
    package = open_package(write_epub(folder / "a.epub"))
    found = rejections(package, DEVICES[device], size_bytes=size)
    return [f"{one.severity} {one.message}" for one in found if one.code == "K132"]


def test_a_book_too_large_for_mail_or_web_is_told(tmp_path: Path) -> None:
    mail = "warning 55 MB: Send-to-Kindle takes 50 MB by mail"
    assert told(tmp_path, "kindle-6", 40 * MB) == [mail]
    web = "warning 201 MB: Send-to-Kindle takes 200 MB by web"
    assert told(tmp_path, "kindle-6", 201 * MB)[1:] == [web]


def test_a_smaller_one_and_one_for_another_reader_is_not(tmp_path: Path) -> None:
    assert told(tmp_path, "kindle-6", 36 * MB) == []
    assert told(tmp_path, "boox", 400 * MB) == []
