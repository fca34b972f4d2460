from backend.xmldesc import storage, tree


def test_a_pool_is_read() -> None:
    told = storage.parse_pool(
        "<pool type='dir'><name>p</name><uuid>u</uuid><capacity unit='bytes'>10</capacity>"
        "<allocation unit='bytes'>4</allocation><available unit='bytes'>6</available>"
        "<target><path>/images</path></target></pool>"
    )
    assert (told.name, told.type, told.path) == ("p", "dir", "/images")
    assert (told.capacity_bytes, told.allocation_bytes, told.available_bytes) == (10, 4, 6)


def test_a_volume_on_a_base_is_read() -> None:
    told = storage.parse_volume(
        "<volume type='file'><name>a.qcow2</name><key>/images/a.qcow2</key>"
        "<capacity unit='bytes'>100</capacity><allocation unit='bytes'>5</allocation>"
        "<target><path>/images/a.qcow2</path><format type='qcow2'/></target>"
        "<backingStore><path>/images/base.qcow2</path></backingStore></volume>"
    )
    assert (told.key, told.format, told.backing) == (
        "/images/a.qcow2", "qcow2", "/images/base.qcow2",
    )  # fmt: skip


def test_a_new_volume_is_sparse() -> None:
    root = tree.read(storage.dump_volume("a & b.qcow2", 123, "qcow2"))
    assert tree.text_of(root, "name") == "a & b.qcow2"
    assert tree.bytes_at(root, "capacity") == 123
    assert tree.bytes_at(root, "allocation") == 0
