"""Measure receipts made and signed, beside the same documents signed with pyHanko's stock SimpleSigner."""

from __future__ import annotations

import asyncio
import gc
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents.receipts import Receipt, ReceiptReport, receipt_report
from documents.signing.local_authority import KEY_FILE, open_local_authority
from documents.signing.opening import LocalAuthority, open_signer

DAY_REPORT = 40
SIZES = (1, DAY_REPORT, 2000)
RUNS = 25
MEMORY_REPORTS, MEMORY_RECEIPTS, WARM_UP = 1000, 12, 100
LANGUAGE = "fr"
ATTRIBUTES = b"what is signed " * 10
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
Times = dict[str, float]


def report(count: int, run: int) -> ReceiptReport:
    """Invent a day's report; no two runs have an item in common, so that nothing remembered helps."""
    first = run * count
    made = tuple(
        Receipt(
            barcode=f"RR{(first + number) % 10**8:08}{number % 10}BE",
            item_type=("registered", "registered", "rp", "judicial")[number % 4],
            with_ar=number % 3 == 0,
            addressee=f"Destinataire {first + number}, rue de la Loi",
            sender="Imprimerie Liégeoise SA",
            postmark_on=date(2026, 11, 18),
            operational_id="CS123456789012",
        )
        for number in range(count)
    )
    return ReceiptReport("CS123456789012", date(2026, 11, 18), NOW, made, False)


def stock(folder: Path) -> Callable[[bytes], bytes]:
    """Sign as pyHanko's documentation shows it, with its SimpleSigner and the same key."""
    chain = open_local_authority(folder, NOW).chain
    own, *others = [Certificate.load(one.public_bytes(serialization.Encoding.DER)) for one in chain]
    key = serialization.load_pem_private_key((folder / KEY_FILE).read_bytes(), password=None)
    pkcs8 = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    store = SimpleCertificateStore()
    store.register_multiple(others)
    signer = SimpleSigner(own, PrivateKeyInfo.load(pkcs8), store)
    metadata = PdfSignatureMetadata(
        field_name="Signature",
        md_algorithm="sha256",
        certify=True,
        subfilter=SigSeedSubFilter.PADES,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    return lambda pdf: sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), metadata, signer=signer).getvalue()


def spent(work: Callable[[], Any]) -> tuple[float, Any]:
    """Give the processor time of some work in milliseconds, and what came of it."""
    start = time.process_time()
    result = work()
    return (time.process_time() - start) * 1000, result


def quickest(rounds: Sequence[Times]) -> Times:
    """Take the least of each name: what else the machine does can only add to it."""
    return {name: min(one[name] for one in rounds) for name in rounds[0]}


def measure_signing(folder: Path) -> Times:
    """Time a day's report made, signed by us and signed by the stock signer, in turns."""
    signer, sign_stock = open_signer(LocalAuthority(folder), lambda: NOW), stock(folder)
    key = open_local_authority(folder, NOW)
    rounds = []
    for run in range(RUNS):
        found = report(DAY_REPORT, run)
        made, pdf = spent(lambda found=found: receipt_report(found, 4, LANGUAGE))
        ours, _ = spent(lambda pdf=pdf: signer.sign(pdf))
        theirs, _ = spent(lambda pdf=pdf: sign_stock(pdf))
        mathematics, _ = spent(lambda: asyncio.run(key.sign(ATTRIBUTES)))
        looping, _ = spent(lambda: asyncio.run(nothing()))
        rounds.append({"typst": made, "ours": ours, "stock": theirs, "mathematics": mathematics - looping})
    return quickest(rounds)


async def nothing() -> None:
    """Do nothing, to know what running a coroutine costs."""


def measure_sizes(folder: Path) -> dict[int, Times]:
    """Time reports of several sizes, made and signed."""
    signer = open_signer(LocalAuthority(folder), lambda: NOW)
    found: dict[int, Times] = {}
    for size in SIZES:
        rounds = []
        for run in range(max(3, RUNS * 4 // max(size, 20))):
            made, pdf = spent(lambda size=size, run=run: receipt_report(report(size, run), 4, LANGUAGE))
            signed, _ = spent(lambda pdf=pdf: signer.sign(pdf))
            rounds.append({"made": made, "signed": signed, "bytes": float(len(pdf))})
        found[size] = quickest(rounds)
    return found


def measure_memory(folder: Path) -> tuple[float, float]:
    """Give the resident memory in MB after the first hundred of a thousand reports, and after the last."""
    signer = open_signer(LocalAuthority(folder), lambda: NOW)
    warm = 0.0
    for run in range(MEMORY_REPORTS):
        signer.sign(receipt_report(report(MEMORY_RECEIPTS, run), 4, LANGUAGE))
        if run + 1 == WARM_UP:
            warm = resident()
    return warm, resident()


def resident() -> float:
    """Give this process's resident memory in MB."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def measure() -> dict[str, Any]:
    """Run all measurements in one process."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "authority"
        memory = measure_memory(folder)
        times = measure_signing(folder)
        return {
            "day": times,
            "ratio": (times["typst"] + times["stock"]) / (times["typst"] + times["ours"]),
            "sizes": measure_sizes(folder),
            "memory": memory,
        }


def main() -> None:
    """Print the measurement as small tables."""
    found = measure()
    day, (warm, last) = found["day"], found["memory"]
    ours, theirs = day["typst"] + day["ours"], day["typst"] + day["stock"]
    print(
        f"A day's report of {DAY_REPORT} receipts, made and signed (RSA 2048), processor time, quickest of {RUNS}"
    )
    print(f"  {'ours':<34}{ours:>8.1f} ms   {1000 / ours:>6.1f} reports/s a core")
    print(f"  {'with pyHanko’s SimpleSigner':<34}{theirs:>8.1f} ms   {1000 / theirs:>6.1f} reports/s a core")
    print(
        f"  {'ratio':<34}{found['ratio']:>8.2f}      (aim: 3; signing alone {day['stock'] / day['ours']:.1f})"
    )
    pyhanko = day["ours"] - day["mathematics"]
    for name, part in (
        ("Typst and data", day["typst"]),
        ("pyHanko", pyhanko),
        ("mathematics", day["mathematics"]),
    ):
        print(f"  share of {name:<25}{part:>8.1f} ms   {part / ours:>6.1%}")
    print("Receipts a second and a core, made and signed")
    for size, times in found["sizes"].items():
        total = times["made"] + times["signed"]
        print(
            f"  {size:>5} receipts {total:>10.1f} ms   {size * 1000 / total:>8.0f} receipts/s   "
            f"(signing {times['signed'] / total:.1%}, {times['bytes'] / 1e6:.2f} MB)"
        )
    print(
        f"Memory over {MEMORY_REPORTS} reports of {MEMORY_RECEIPTS} receipts: "
        f"{warm:.1f} MB after {WARM_UP}, {last:.1f} MB after all"
    )


if __name__ == "__main__":
    main()
