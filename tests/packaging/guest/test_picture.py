"""The display's parts: letters of blocks that a shell can read, a wallpaper, a silent keymap."""

import re
import shutil
import subprocess

import pytest

from packaging.guest import command, initramfs, picture
from packaging.guest.letters import LETTERS


def test_every_letter_is_five_by_seven() -> None:
    assert all(len(rows) == 7 and max(rows) < 32 for rows in LETTERS.values())


def test_font_lines_are_as_wide_as_the_display_reckons() -> None:
    for line in picture.dump_big_font().splitlines():
        found = re.fullmatch(r"([sl])_\w+_[1-7]='(.*)'", line)
        assert found is not None
        assert len(found.group(2)) == {"s": 5, "l": 10}[found.group(1)]


def test_the_wallpaper_fills_the_screen() -> None:
    assert len(picture.draw_wallpaper()) == 1280 * 800 * 4


def test_the_keymap_is_in_the_form_of_loadkmap() -> None:
    keymap = picture.dump_silent_keymap()
    flags = keymap[7 : 7 + 256]
    assert keymap.startswith(b"bkeymap")
    assert len(keymap) == 7 + 256 + sum(flags) * 256


def scripts() -> list[str]:
    rootfs = command.HERE / "rootfs"
    return [str(rootfs / "init"), *sorted(str(path) for path in (rootfs / "bin").iterdir())]


@pytest.mark.parametrize("script", scripts(), ids=lambda path: path.rsplit("/", 1)[-1])
def test_the_guests_scripts_are_shell(script: str) -> None:
    shell = shutil.which("bash") or "sh"
    subprocess.run([shell, "-n", script], check=True, capture_output=True)
    with open(script, encoding="utf-8") as file:  # noqa: PTH123
        assert file.readline() == "#!/bin/sh\n"


def test_hardware_that_no_guest_has_is_passed_over() -> None:
    skipped = initramfs.SKIPPED_FOLDERS
    assert skipped.search("lib/modules/6.1/kernel/sound/core/snd.ko")
    assert skipped.search("lib/modules/6.1/kernel/drivers/gpu/drm/amd/amdgpu/amdgpu.ko")
    assert not skipped.search("lib/modules/6.1/kernel/drivers/gpu/drm/virtio/virtio-gpu.ko")
