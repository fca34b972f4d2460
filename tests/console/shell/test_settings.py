"""What the window remembers, and that a damaged file stops nothing."""

from pathlib import Path

from PySide6.QtCore import QByteArray

from console.shell.settings import Settings


def test_values_come_back(tmp_path: Path) -> None:
    path = tmp_path / "console.ini"
    first = Settings(path)
    first.put("a/text", "word")
    first.put("a/number", 7)
    first.put("a/blob", QByteArray(b"\x00\xff"))
    first.save()
    again = Settings(path)
    assert again.text("a/text") == "word"
    assert again.number("a/number", 0) == 7
    assert again.blob("a/blob") == QByteArray(b"\x00\xff")
    assert not again.was_damaged


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "console.ini"
    path.write_bytes(b"\x00\xfe\xff garbage [[[")
    settings = Settings(path)
    assert settings.was_damaged
    assert settings.text("anything", "default") == "default"
    assert path.with_suffix(".damaged").exists()
    settings.put("x", "y")
    settings.save()
    assert Settings(path).text("x") == "y"


def test_a_value_of_the_wrong_kind_is_the_default(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "console.ini")
    settings.put("n", "many")
    assert settings.number("n", 3) == 3
    assert settings.blob("n").isEmpty()
