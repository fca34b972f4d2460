"""A package is there whole or not at all; whole ones are made in tests/live/test_packages."""

from pathlib import Path

import pytest

from backend import jobs
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


async def test_a_cancel_that_comes_with_the_last_step_is_too_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is told that it was stopped finds nothing, and whoever finds it was told it is."""
    told: list[bool] = []

    def report(**told_of: object) -> None:
        told.append(bool(told_of.get("is_cancellable", False)))

    monkeypatch.setattr(jobs, "report", report)
    put = outgoing._put_in_place

    def put_in_place(place: Path, path: Path) -> None:
        assert told[-1] is False, "nobody can stop it any more"
        put(place, path)

    monkeypatch.setattr(outgoing, "_put_in_place", put_in_place)
    async with outgoing._new_folder(here(), tmp_path / "web"):
        jobs.report(stage="checking", is_cancellable=True)
    assert names(tmp_path) == ["web"]
