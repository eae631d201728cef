"""Open workbooks in the real LibreOffice, without a window."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

PROGRAM = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice (soffice) is not installed")


def convert(workbooks: Mapping[str, bytes], folder: Path, target: str) -> dict[str, bytes]:
    """Calculate workbooks and save them as another kind of file; they come back under the names given."""
    source, made = folder / "source", folder / "made"
    source.mkdir(parents=True)
    files = []
    for name, content in workbooks.items():
        file = source / f"{name}.xlsx"
        file.write_bytes(content)
        files.append(str(file))
    # A profile of its own: another LibreOffice at work on this machine would take the files over.
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        PROGRAM or "soffice",
        profile,
        "--headless",
        "--convert-to",
        target,
        "--outdir",
        str(made),
        *files,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    ending = target.split(":", 1)[0]
    return {name: (made / f"{name}.{ending}").read_bytes() for name in workbooks}
