"""What docs/checking.md says of other people's programs is true."""

import subprocess
from pathlib import Path

from tests.records.checkers import pdfsig, tool, trust


def test_openssl_checks_the_manifests_seal(folder: Path, authority: Path) -> None:
    pem = folder.parent / "authority.pem"
    ours = ["x509", "-inform", "DER", "-in", authority, "-out", pem]
    assert subprocess.run([tool("openssl"), *ours], check=False).returncode == 0
    command = [
        tool("openssl"), "cms", "-verify", "-binary", "-inform", "DER", "-in", "manifest.p7s",
        "-content", "manifest.json", "-CAfile", pem, "-purpose", "any", "-out", "/dev/null",
    ]  # fmt: skip
    good = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (good.returncode, "Verification successful" in good.stderr) == (0, True), good.stderr
    with (folder / "manifest.json").open("a", encoding="utf-8") as file:
        file.write(" ")
    assert subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode != 0


def test_pdfsig_agrees_on_every_record(folder: Path, authority: Path, tmp_path: Path) -> None:
    store = trust(tmp_path, authority.read_bytes())
    for record in (folder / "records").iterdir():
        says = pdfsig(record, store)
        assert "Signature is Valid" in says
        assert "Certificate is Trusted" in says
        assert "Total document signed" in says
