"""The machine's own mirror is found in both forms of apt's sources, and no other archive."""

from pathlib import Path

import pytest

from packaging.guest import mirrors
from packaging.guest.mirrors import Mirrors, Source

DEB822 = """\
# Debian
Types: deb deb-src
URIs: http://mirror.example/debian
Suites: trixie trixie-updates
Components: main
  contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: trixie-security
Components: main

Types: deb
URIs: http://off.example/debian
Suites: trixie
Components: main
Enabled: no

Types: deb-src
URIs: http://source.example/debian
Suites: trixie
Components: main
"""

ONE_LINE = """\
# deb http://commented.example/debian bookworm main
deb [arch=amd64 signed-by=/etc/apt/keyrings/docker.gpg] https://download.docker.com/linux/debian bookworm stable
deb https://packages.grafana.com/oss/deb stable main
deb http://ftp.example/debian bookworm main contrib  # near
deb http://ftp.example/debian bookworm-updates main
deb http://security.example/debian-security bookworm-security main
deb-src http://source.example/debian bookworm main
"""  # noqa: E501


def test_deb822_is_read() -> None:
    found = list(mirrors.parse_deb822(DEB822))
    assert [(s.uri, s.suite) for s in found] == [
        ("http://mirror.example/debian", "trixie"),
        ("http://mirror.example/debian", "trixie-updates"),
        ("http://mirror.example/debian-security", "trixie-security"),
    ]
    assert found[0].components == ("main", "contrib")


def test_one_line_style_is_read() -> None:
    found = list(mirrors.parse_list(ONE_LINE))
    assert found[0].signed_by == "/etc/apt/keyrings/docker.gpg"
    assert [s.uri.split("/")[2] for s in found] == [
        "download.docker.com",
        "packages.grafana.com",
        "ftp.example",
        "ftp.example",
        "security.example",
    ]


@pytest.mark.parametrize(
    ("parsed", "expected"),
    [
        (
            list(mirrors.parse_deb822(DEB822)),
            Mirrors("http://mirror.example/debian", "http://mirror.example/debian-security"),
        ),
        (
            list(mirrors.parse_list(ONE_LINE)),
            Mirrors("http://ftp.example/debian", "http://security.example/debian-security"),
        ),
    ],
)
def test_the_archive_is_chosen_whatever_the_machines_suite(
    parsed: list[Source], expected: Mirrors
) -> None:
    assert mirrors.choose(parsed) == expected


def test_another_distribution_gives_no_mirror() -> None:
    line = "deb http://archive.ubuntu.com/ubuntu noble main universe"
    assert mirrors.choose(list(mirrors.parse_list(line))) is None


def test_a_mirror_without_security_updates_takes_debians() -> None:
    line = "deb mirror+file:/etc/apt/mirrors/debian.list bookworm main"
    chosen = mirrors.choose(list(mirrors.parse_list(line)))
    assert chosen == Mirrors("mirror+file:/etc/apt/mirrors/debian.list", mirrors.DEFAULT_SECURITY)


def test_files_of_both_forms_are_read_and_others_left_out(tmp_path: Path) -> None:
    parts = tmp_path / "sources.list.d"
    parts.mkdir()
    (tmp_path / "sources.list").write_text("deb http://first.example/debian bookworm main\n")
    (parts / "debian.sources").write_text(DEB822)
    (parts / "old.list.disabled").write_text("deb http://old.example/debian bookworm main\n")
    found = mirrors.read_sources(tmp_path)
    assert found[0].uri == "http://first.example/debian"
    assert len(found) == 4
    assert mirrors.read_sources(tmp_path / "none") == []


def test_the_environment_has_the_last_word() -> None:
    named = {"CELADON_DEBIAN_MIRROR": "http://here/debian"}
    assert mirrors.candidates(named) == [Mirrors("http://here/debian", mirrors.DEFAULT_SECURITY)]
