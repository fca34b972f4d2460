"""The guests that are scrolled, as far as nothing is started for them."""

from pathlib import Path

from celadon_bench.display.guest import assemble, compile_kernel

MULTIBOOT = (0x1BADB002).to_bytes(4, "little")


def test_a_boot_sector_is_one(tmp_path: Path) -> None:
    sector = assemble(tmp_path, 1024, 768).read_bytes()
    assert (len(sector), sector[510:]) == (512, b"\x55\xaa")


def test_a_kernel_is_told_for_one(tmp_path: Path) -> None:
    kernel = compile_kernel(tmp_path, 1920, 1080).read_bytes()
    at = kernel[:8192].index(MULTIBOOT)
    assert at % 4 == 0, "QEMU looks for it there alone"
    assert kernel[4] == 1, "and takes no file of 64 bits"
