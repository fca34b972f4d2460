"""What is loaded with its first use."""

from console.sdk.late import later


def test_it_is_looked_up_when_it_is_called() -> None:
    asked: list[str] = []

    def name() -> type[int]:
        asked.append("asked")
        return int

    build = later(name)
    assert asked == []
    assert build("11", base=2) == 3
    assert asked == ["asked"]
