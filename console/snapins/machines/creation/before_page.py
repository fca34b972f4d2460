"""Before You Begin: what is going to be asked, once, or each time."""

from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox
from typing_extensions import override

from console.sdk.context import Context
from console.sdk.forms import ToneLabel
from console.sdk.topics import set_topic
from console.sdk.wizard_page import WizardPage

_SKIPPED: Final = "machines/new machine/before you begin"


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class BeforePage(WizardPage):
    """Says what a wizard is; who has read it needs not see it again."""

    def __init__(self, context: Context, host: str) -> None:
        super().__init__(context, _tr("Before you begin"), _tr("Before you begin"))
        set_topic(self, "new machine/before")
        self._is_skipped = context.memory.text(_SKIPPED) == "yes"
        words = ToneLabel(
            _tr(
                "This makes a virtual machine on {host}.\n\n"
                "You are asked for its name, generation, memory, network, disk and for what it "
                "starts from. All of it has a proposal: Finish takes what is there, from any page, "
                "as soon as nothing is missing. Nothing is made before that.\n\n"
                "What a new machine has can be changed later, except its generation."
            ).format(host=host)
        )
        words.setWordWrap(True)
        self.is_skipped = QCheckBox(_tr("Do not show this page again"))
        self.is_skipped.toggled.connect(self._on_skipped)
        self.content.addWidget(words)
        self.content.addStretch(1)
        self.content.addWidget(self.is_skipped)

    @override
    def applies(self) -> bool:
        return not self._is_skipped

    def _on_skipped(self) -> None:
        word = "yes" if self.is_skipped.isChecked() else "no"
        self.context.memory.put(_SKIPPED, word)
