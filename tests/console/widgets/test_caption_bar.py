"""The band for an audience keeps its height, and tells those who do not see it."""

from pytestqt.qtbot import QtBot

from console.widgets.caption_bar import CaptionBar


def test_it_is_as_high_with_few_words_as_with_many(qtbot: QtBot) -> None:
    bar = CaptionBar("Keynote")
    qtbot.addWidget(bar)
    bar.resize(1200, 100)
    bar.say("Title", "A word.")
    height = bar.sizeHint().height()
    bar.add("Many words. " * 20, is_warning=True)
    assert bar.sizeHint().height() == height
    assert bar.accessibleName() == "Keynote"
    assert bar.accessibleDescription().startswith("Title. Many words.")


def test_its_marks_show_how_far_one_has_come(qtbot: QtBot) -> None:
    bar = CaptionBar("Keynote")
    qtbot.addWidget(bar)
    bar.resize(400, 100)
    seen = []
    for here in (0, 1, 4):
        bar.show_place(here, 4)
        image = bar.grab().toImage()
        seen.append([image.pixelColor(50 + 100 * number, 1).name() for number in range(4)])
    ahead, first, last = seen
    assert len(set(ahead)) == 1
    assert first[1:] == ahead[1:]
    assert first[0] not in ahead
    assert last[3] == first[0], "the mark of the act that is played"
    assert len(set(last[:3])) == 1
    assert last[0] not in (ahead[0], first[0])
