"""The page of Add Device for a declared kind: made of the fields that the backend offers of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget
from typing_extensions import override

from backend.devices import PartSpec
from console.sdk.context import Context
from console.sdk.forms import Remark, Row, ToneLabel
from console.sdk.nodes import Tone
from console.sdk.topics import set_topic
from console.sdk.wizard_page import FITS, Verdict
from console.snapins.machines.devices import kinds
from console.snapins.machines.devices.device_page import DevicePage
from console.snapins.machines.devices.fields import OfferBox
from console.snapins.machines.devices.kind_page import KindPage
from console.snapins.machines.devices.outlook import Offered, OfferedField
from console.snapins.machines.devices.what import What, Words
from console.snapins.machines.dialogs.making import form_of
from console.widgets.choice_list import ChoiceList, Option


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A field, and the widget that asks for it."""

    name: str
    words: Words
    widget: OfferBox | QLineEdit | ChoiceList
    remark: Remark

    @property
    def value(self) -> str:
        """What is entered or chosen."""
        if isinstance(self.widget, QLineEdit):
            return self.widget.text().strip()
        return self.widget.name if isinstance(self.widget, OfferBox) else self.widget.key

    @property
    def shown(self) -> str:
        """It, in words."""
        if isinstance(self.widget, ChoiceList):
            return self.widget.option.title if self.widget.option else ""
        return choice_words(self.words, Offered(self.value)) if self.value else ""

    def judge(self, field: OfferedField) -> Verdict:
        """Return why it will not do."""
        if isinstance(self.widget, QLineEdit):
            reason = field.against(self.value)
            return (reason, self.remark) if reason else FITS
        if isinstance(self.widget, OfferBox):
            return self.widget.verdict()
        option = self.widget.option
        return (option.refusal, None) if option else (_tr("There is none to choose."), None)


class PartPage(DevicePage):
    """Asks for a device of a kind that is declared (`kinds.ALL`), and for nothing that it lacks."""

    def __init__(self, context: Context, kind: KindPage, what: What) -> None:
        super().__init__(context, kind, what, kinds.sentence(what))
        set_topic(self, "add device/part")
        self._asked: tuple[_Asked, ...] = ()
        self._offered: tuple[OfferedField, ...] = ()
        self._is_laid_out = False
        self._form: QFormLayout | None = None
        kind.edited.connect(self.enter)
        self.edited.connect(self._show_asked)

    @override
    def specs(self) -> tuple[PartSpec, ...]:
        given = tuple((a.name, a.value) for a, field in self._pairs() if self._is_asked(field))
        return (PartSpec(self.what.kind, given),)

    @override
    def facts(self) -> tuple[Row, ...]:
        shown = (asked for asked, field in self._pairs() if self._is_asked(field))
        return tuple(Row(_tr(asked.words.label), asked.shown) for asked in shown)

    @override
    def enter(self) -> None:
        outlook = self.kind.outlook
        if not outlook.prospects or not self.applies():
            return
        self._offered = outlook.fields(self.what.kind, self.kind.when.when)
        if not self._is_laid_out:
            self._is_laid_out = True
            self._asked = tuple(self._ask(field) for field in self._offered)
            self._lay_out()
        for asked, field in self._pairs():
            _offer(asked, field)
        self._show_asked()

    @override
    def verdict(self) -> Verdict:
        fields = ((asked, field) for asked, field in self._pairs() if self._is_asked(field))
        return next((v for asked, field in fields if (v := asked.judge(field))[0]), FITS)

    def _pairs(self) -> Iterator[tuple[_Asked, OfferedField]]:
        return zip(self._asked, self._offered, strict=False)

    def _is_asked(self, field: OfferedField) -> bool:
        """Whether it is asked for, by what is chosen above it."""
        return not field.unless or field.unless not in [(a.name, a.value) for a in self._asked]

    def _show_asked(self) -> None:
        for asked, field in self._pairs():
            if self._form and field.unless:
                self._form.setRowVisible(asked.widget, self._is_asked(field))
                self._form.setRowVisible(asked.remark, self._is_asked(field))

    def _ask(self, field: OfferedField) -> _Asked:
        words = self.what.fields.get(field.name, Words(field.name))
        remark = Remark(_tr("About “{field}”").format(field=_tr(words.label)))
        widget: OfferBox | QLineEdit | ChoiceList
        if field.is_typed:
            widget = QLineEdit(field.proposal)
            widget.setPlaceholderText(_tr(words.hint) if words.hint else "")
            widget.textChanged.connect(self.edited)
        elif words.is_listed:
            widget = ChoiceList(_tr(words.label))
            widget.chosen.connect(lambda _key: self.edited.emit())
        else:
            widget = OfferBox(remark)
            widget.currentIndexChanged.connect(self.edited)
        return _Asked(field.name, words, widget, remark)

    def _lay_out(self) -> None:
        rows: list[tuple[str, QWidget]] = []
        for asked in self._asked:
            if asked.words.is_listed:
                self.content.addWidget(asked.widget)
                continue
            rows += [(_tr(asked.words.label), asked.widget), ("", asked.remark)]
        if rows:
            self._form = form_of(rows)
            self.content.addLayout(self._form)
        told = (
            "" if self._asked else _tr("There is nothing to choose of it."),
            _tr(self.what.advice) if self.what.advice else "",
        )
        for words in filter(None, told):
            advice = ToneLabel(words, Tone.MUTED)
            advice.setWordWrap(True)
            self.content.addWidget(advice)
        self.content.addStretch(1)


def _offer(asked: _Asked, field: OfferedField) -> None:
    if isinstance(asked.widget, OfferBox):
        found = [(one, choice_words(asked.words, one)) for one in field.choices]
        asked.widget.offer(found)
    elif isinstance(asked.widget, ChoiceList):
        asked.widget.offer([_option(one) for one in field.choices])
        asked.widget.setVisible(bool(field.choices))


def _option(one: Offered) -> Option:
    title, *rest = one.detail or (one.name,)
    return Option(one.name, "ph.arrow-square-in", title, " · ".join(rest), one.refusal)


def choice_words(words: Words, one: Offered) -> str:
    """Return a choice in words."""
    return _tr(words.choices[one.name]) if one.name in words.choices else one.name
