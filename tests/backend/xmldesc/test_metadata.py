from backend.xmldesc import metadata, tree
from backend.xmldesc.metadata import MachineNote


def domain_with(note: str) -> tree.Element:
    return tree.read(f"<domain><metadata>{note}</metadata></domain>")


def test_a_note_is_read_as_it_was_written() -> None:
    note = MachineNote(1700000000.0, "sample_guest")
    text = tree.write(metadata.dump(note))
    assert metadata.parse(domain_with(text)) == note


def test_somebody_elses_metadata_is_no_note() -> None:
    other = '<x:y xmlns:x="urn:x" created="1"/>'
    assert metadata.parse(domain_with(other)) == MachineNote()


def test_a_damaged_note_is_no_error() -> None:
    damaged = f'<c:machine xmlns:c="{metadata.NAMESPACE}" created="yesterday"/>'
    assert metadata.parse(domain_with(damaged)).created_at is None
