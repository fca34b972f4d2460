from backend.xmldesc import abilities

TEXT = """<domainCapabilities><devices>
<tpm supported='yes'><enum name='model'><value>tpm-tis</value><value>tpm-crb</value></enum></tpm>
<crypto supported='no'><enum name='type'><value>qemu</value></enum></crypto>
</devices></domainCapabilities>"""


def test_only_what_is_supported_counts() -> None:
    told = abilities.parse(TEXT)
    assert told.values("tpm", "model") == {"tpm-tis", "tpm-crb"}
    assert not told.tells_of("crypto")
