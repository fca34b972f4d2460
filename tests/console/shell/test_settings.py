"""What the program remembers, each value with its type, and each window's own."""

import json
from pathlib import Path

from PySide6.QtCore import QByteArray

from console.shell.settings import Settings


def test_values_come_back(tmp_path: Path) -> None:
    path = tmp_path / "console.json"
    first = Settings(path)
    first.put("a/text", "word")
    first.put("a/number", 7)
    first.put("a/blob", QByteArray(b"\x00\xff"))
    first.put("a/list", ["x", {"y": 1}])
    assert first.save()
    again = Settings(path)
    assert again.text("a/text") == "word"
    assert again.number("a/number", 0) == 7
    assert again.blob("a/blob") == QByteArray(b"\x00\xff")
    assert again.value("a/list") == ["x", {"y": 1}]
    assert again.keeper.trouble is None


def test_a_value_of_the_wrong_kind_is_the_default(tmp_path: Path) -> None:
    path = tmp_path / "console.json"
    path.write_text(json.dumps({"t": 1, "n": "many", "yes": True, "b": "x", "u": "base64:ü"}))
    settings = Settings(path)
    assert settings.text("t", "plain") == "plain"
    assert settings.number("n", 3) == 3
    assert settings.number("yes", 3) == 3
    assert settings.blob("n").isEmpty()
    assert settings.blob("b").isEmpty()
    assert settings.blob("u").isEmpty()


def test_a_window_has_its_own_and_begins_with_the_last(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "console.json")
    one, other = settings.within("windows/1"), settings.within("windows/2")
    one.put("node", "here")
    assert other.text("node") == "here", "a new window begins as the last one was"
    other.put("node", "there")
    assert (one.text("node"), other.text("node")) == ("here", "there")
    assert settings.text("node") == "there"
    one.forget()
    assert one.text("node") == "there"
    assert list(settings.keeper.keys("windows/")) == ["windows/2/node"]
    settings.save()
