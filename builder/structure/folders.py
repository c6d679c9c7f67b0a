"""Volumes that no line of the text names: folders, and files that are a volume each.

第一卷 风起/003.txt opens a volume where the folder begins; so does 第二卷 退潮.txt when it holds
chapters. A volume's heading at the head of the text itself is better than both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from builder.core.book import Role
from builder.core.manuscript import SourceFile
from builder.structure.families import CHAPTER, PART, VOLUME
from builder.structure.headings import parse_heading
from builder.structure.metadata import is_han
from builder.structure.names import heading_of_name, without_number


@dataclass(frozen=True, slots=True)
class NamedVolume:
    """A volume called by a folder or a file. `holds_chapters`: only if the file has several."""

    rank: int
    role: Role | None
    number: int | None
    label: str
    title: str
    identity: str
    holds_chapters: bool = False


def volumes_of(files: Sequence[SourceFile]) -> dict[int, tuple[NamedVolume, ...]]:
    """For each file, by index, the volumes that begin with it, outermost first."""
    found: dict[int, tuple[NamedVolume, ...]] = {}
    are_volumes = len({file.folders for file in files}) > 1
    previous: tuple[str, ...] = ()
    for index, file in enumerate(files):
        shared = 0
        while file.folders[: shared + 1] == previous[: shared + 1] and shared < len(file.folders):
            shared += 1
        fresh = tuple(
            volume
            for depth in range(shared, len(file.folders))
            if (volume := _of_folder(file.folders, depth, is_certain=are_volumes))
        )
        previous = file.folders
        if not fresh and len(files) > 1 and (own := _of_file(file.path)):
            fresh = (own,)
        if fresh:
            found[index] = fresh
    return found


def _of_folder(folders: tuple[str, ...], depth: int, *, is_certain: bool) -> NamedVolume | None:
    name = folders[depth]
    words = without_number(name)
    rank = PART if depth == 0 and len(folders) > 1 else VOLUME
    heading = heading_of_name(name)
    identity = "/".join(folders[: depth + 1])
    if heading:
        label, title = heading.label, heading.title
        is_volume = heading.rank < CHAPTER or heading.role is not None
        if is_volume or is_certain:
            return NamedVolume(rank, heading.role, heading.number, label, title, identity)
    if is_certain and any(is_han(character) for character in words):
        return NamedVolume(rank, None, None, "", words, identity)
    return None


def _of_file(path: str) -> NamedVolume | None:
    """The volume that a file's name says: 第二卷 退潮.txt, 渡口（上）.txt, 渡口 下册.txt."""
    pure = PurePosixPath(PureWindowsPath(path).as_posix())
    heading = heading_of_name(pure.stem)
    if heading is None or heading.rank >= CHAPTER:
        tail = pure.stem.rstrip("）)】]").split("（")[-1].split("(")[-1].split(" ")[-1]
        found = parse_heading(tail, 0, len(tail)) if tail != pure.stem else ()
        if tail in {"上", "中", "下"}:
            return NamedVolume(
                VOLUME, None, "上中下".index(tail) + 1, tail, "", pure.name, holds_chapters=True
            )
        if not found or found[0].rank >= CHAPTER or found[0].role is not None:
            return None
        heading = heading_of_name(tail)
    if heading is None or heading.role is not None:
        return None
    return NamedVolume(
        VOLUME, None, heading.number, heading.label, heading.title, pure.name, holds_chapters=True
    )
