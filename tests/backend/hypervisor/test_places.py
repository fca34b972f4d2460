from pathlib import Path

import pytest

from backend.hypervisor.places import (
    cache_directory,
    configuration_directory,
    state_directory,
)


def test_the_cache_is_where_xdg_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/c")
    assert cache_directory() == Path("/c/celadon")
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setenv("HOME", "/h")
    assert cache_directory() == Path("/h/.cache/celadon")


def test_what_cannot_be_made_anew_is_where_xdg_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/s")
    assert state_directory() == Path("/s/celadon")
    monkeypatch.setenv("XDG_STATE_HOME", "")
    monkeypatch.setenv("HOME", "/h")
    assert state_directory() == Path("/h/.local/state/celadon")
    monkeypatch.setenv("XDG_STATE_HOME", "relative")
    assert state_directory() == Path("/h/.local/state/celadon")


def test_what_was_set_is_where_xdg_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "/s")
    assert configuration_directory() == Path("/s/celadon")
    monkeypatch.setenv("XDG_CONFIG_HOME", "")
    monkeypatch.setenv("HOME", "/h")
    assert configuration_directory() == Path("/h/.config/celadon")
