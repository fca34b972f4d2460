from backend.xmldesc import snapshot


def test_a_snapshot_is_read() -> None:
    told = snapshot.parse(
        "<domainsnapshot><name>s2</name><state>running</state><parent><name>s1</name></parent>"
        "<creationTime>1700000000</creationTime><description>why</description></domainsnapshot>"
    )
    assert (told.name, told.state, told.parent) == ("s2", "running", "s1")
    assert (told.created_at, told.description) == (1700000000.0, "why")
