"""An authority that signs certificates for a test."""

import subprocess
from pathlib import Path


def _openssl(*command: str) -> None:
    subprocess.run(["openssl", *command], check=True, capture_output=True)


class Authority:
    """Signs for whom it is told to."""

    def __init__(self, directory: Path, name: str) -> None:
        directory.mkdir()
        self.key, self.certificate = directory / "cakey.pem", directory / "cacert.pem"
        self._directory = directory
        _openssl(
            *("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"),
            *("-days", "2", "-subj", f"/CN={name}", "-addext", "keyUsage=critical,keyCertSign"),
            *("-keyout", str(self.key), "-out", str(self.certificate)),
        )

    def sign(self, kind: str, *, name: str = "127.0.0.1", into: Path | None = None) -> Path:
        """Return a directory with a certificate ("server" or "client"), its key and ours."""
        place = into or self._directory / f"for-{kind}"
        place.mkdir(exist_ok=True)
        request, extensions = place / "request.pem", place / "extensions"
        is_address = name.replace(".", "").isdigit()
        extensions.write_text(
            f"subjectAltName={'IP' if is_address else 'DNS'}:{name}\n"
            f"extendedKeyUsage={kind}Auth\nkeyUsage=critical,digitalSignature,keyEncipherment\n"
            "basicConstraints=critical,CA:FALSE\n"
        )
        _openssl(
            *("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"),
            *("-subj", f"/CN={name}", "-keyout", str(place / f"{kind}key.pem")),
            *("-out", str(request)),
        )
        _openssl(
            *("x509", "-req", "-in", str(request), "-days", "2", "-extfile", str(extensions)),
            *("-CA", str(self.certificate), "-CAkey", str(self.key), "-CAcreateserial"),
            *("-out", str(place / f"{kind}cert.pem")),
        )
        (place / "cacert.pem").write_bytes(self.certificate.read_bytes())
        (place / f"{kind}key.pem").chmod(0o644)
        return place
