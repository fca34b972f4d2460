"""A package is found by its folder, its list or itself, and by what is in it."""

import os
from pathlib import Path

import pytest

from backend.operations.package import finding
from backend.operations.package.contents import Maker
from backend.packages import PackageBroken, PackageMissing
from tests.backend.operations.package.ovf_packages import archive, folder
from tests.backend.operations.package.packed import package


def test_each_kind_in_each_way(tmp_path: Path) -> None:
    listed, envelope = package(tmp_path / "web"), folder(tmp_path / "box")
    one = archive(envelope).rename(tmp_path / "a file of any name")
    for path, maker in (
        (listed, Maker.CELADON), (listed.parent, Maker.CELADON),
        (envelope, Maker.OVF), (envelope.parent, Maker.OVF), (one, Maker.OVA),
    ):  # fmt: skip
        assert finding.read(path).contents.maker is maker


def test_what_is_none(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("hello")
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("text", "empty", "none"):
        with pytest.raises(PackageMissing):
            finding.read(tmp_path / name)
    with pytest.raises(PackageBroken):
        finding.read(tmp_path / "pipe")
    folder(tmp_path / "two")
    (tmp_path / "two" / "b.ovf").write_text("<a/>")
    with pytest.raises(PackageMissing):
        finding.read(tmp_path / "two")
