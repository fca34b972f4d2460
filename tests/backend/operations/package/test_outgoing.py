"""A package is there whole or not at all; whole ones are made in tests/live/test_packages."""

from pathlib import Path

import pytest

from backend.operations.package import outgoing
from backend.packages import FolderUnfit, PackageThere
from tests.backend.operations.package.packed import here


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*")]


async def test_it_is_there_when_it_is_whole(tmp_path: Path) -> None:
    async with outgoing._new_folder(here(), tmp_path / "web") as place:
        assert place.parent == tmp_path
        assert place.name.startswith(".")
        (place / "a").write_text("x")
        assert not (tmp_path / "web").exists()
    assert names(tmp_path) == ["web", "a"]


async def test_of_half_a_one_nothing_stays(tmp_path: Path) -> None:
    async def attempt() -> None:
        async with outgoing._new_folder(here(), tmp_path / "web") as place:
            (place / "a").write_text("x")
            raise FolderUnfit(path="")

    with pytest.raises(FolderUnfit):
        await attempt()
    assert names(tmp_path) == []


async def test_who_was_quicker_keeps_what_is_his(tmp_path: Path) -> None:
    async def attempt() -> None:
        async with outgoing._new_folder(here(), tmp_path / "web"):
            (tmp_path / "web").mkdir()

    with pytest.raises(PackageThere):
        await attempt()
    assert names(tmp_path) == ["web"]


def test_a_folder_is_tried_before(tmp_path: Path) -> None:
    assert outgoing._free_for(tmp_path / "web") > 0
    with pytest.raises(FolderUnfit):
        outgoing._free_for(tmp_path / "none" / "web")
    (tmp_path / "web").symlink_to("/nowhere")
    with pytest.raises(PackageThere):
        outgoing._free_for(tmp_path / "web")
    assert names(tmp_path) == ["web"]
