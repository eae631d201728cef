"""Run a real authority on this machine's loopback: certificates, OCSP, revocation lists and time stamps."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web
from certomancer.integrations.aiohttp_illusionist import AsyncIllusionist
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, PKIArchitecture
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

KEYS = ("root", "interm", "ocsp", "tsa", "receipts", "curve", "expired", "unproven")
VALID = {"valid-from": "2020-01-01T00:00:00+0000", "valid-to": "2060-01-01T00:00:00+0000"}
PASSWORD = "secret of the file"


@dataclass(frozen=True)
class Authority:
    """An authority whose services run; `down` holds the paths of services that are out of order."""

    pki: PKIArchitecture
    address: str
    down: set[str]

    @property
    def time_stamps(self) -> str:
        """The address of the time-stamp service."""
        return next(iter(self.pki.service_registry.list_time_stamping_services())).url

    def certificate(self, label: str) -> bytes:
        """A certificate as DER."""
        return bytes(self.pki.get_cert(CertLabel(label)).dump())

    def pkcs12(self, label: str, password: str = PASSWORD) -> bytes:
        """A key with its chain as a PKCS#12 file."""
        return bytes(self.pki.package_pkcs12(CertLabel(label), password=password.encode()))


@contextmanager
def running(folder: Path) -> Iterator[Authority]:
    """Make keys in a folder and serve until the end of the block."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        pki = _pki(folder, address)
        down: set[str] = set()
        with _serving(AsyncIllusionist(pki).build_app(), listener, down):
            yield Authority(pki, address, down)


def _pki(folder: Path, address: str) -> PKIArchitecture:
    for name in KEYS:
        key = (
            ec.generate_private_key(ec.SECP256R1())
            if name == "curve"
            else rsa.generate_private_key(65537, 2048)
        )
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        (folder / f"{name}.pem").write_bytes(pem)
    config = {
        "external-url-prefix": address,
        "keysets": {"test": {"keys": {name: {"path": f"{name}.pem"} for name in KEYS}}},
        "pki-architectures": {"test": _architecture()},
    }
    return CertomancerConfig(config, key_search_dir=str(folder)).get_pki_arch(ArchLabel("test"))


def _architecture() -> dict[str, Any]:
    proven = [_crl("interm"), _aia()]
    names = {name: {"common-name": f"Test {name}"} for name in KEYS}
    return {
        "keyset": "test",
        "entity-defaults": {"country-name": "BE", "organization-name": "Test"},
        "entities": names,
        "certs": {
            "root": _certificate("root", ["key_cert_sign", "crl_sign"], _ca()),
            "interm": _certificate("root", ["key_cert_sign", "crl_sign"], _ca(), _crl("root")),
            "ocsp": _certificate(
                "interm", ["digital_signature"], _purpose("ocsp_signing"), {"id": "ocsp_no_check"}
            ),
            "tsa": _certificate("root", ["digital_signature"], _purpose("time_stamping"), _crl("root")),
            "receipts": _certificate("interm", ["digital_signature", "non_repudiation"], *proven),
            "curve": _certificate("interm", ["digital_signature"], *proven),
            "expired": _certificate("interm", ["digital_signature"], *proven)
            | {"validity": VALID | {"valid-to": "2021-01-01T00:00:00+0000"}},
            "unproven": _certificate("interm", ["digital_signature"]),
        },
        "services": {
            "ocsp": {"interm": {"for-issuer": "interm", "responder-cert": "ocsp", "signing-key": "ocsp"}},
            "crl-repo": {
                name: {"for-issuer": name, "signing-key": name, "simulated-update-schedule": "P30D"}
                for name in ("root", "interm")
            },
            "time-stamping": {"tsa": {"signing-key": "tsa", "signing-cert": "tsa"}},
        },
    }


def _certificate(issuer: str, usage: list[str], *extensions: dict[str, Any]) -> dict[str, Any]:
    uses = {"id": "key_usage", "critical": True, "smart-value": {"schema": "key-usage", "params": usage}}
    return {"issuer": issuer, "validity": VALID, "extensions": [uses, *extensions]}


def _ca() -> dict[str, Any]:
    return {"id": "basic_constraints", "critical": True, "value": {"ca": True}}


def _purpose(name: str) -> dict[str, Any]:
    return {"id": "extended_key_usage", "critical": True, "value": [name]}


def _crl(issuer: str) -> dict[str, Any]:
    smart = {"schema": "crl-dist-url", "params": {"crl-repo-names": [issuer]}}
    return {"id": "crl_distribution_points", "smart-value": smart}


def _aia() -> dict[str, Any]:
    smart = {"schema": "aia-urls", "params": {"ocsp-responder-names": ["interm"]}}
    return {"id": "authority_information_access", "smart-value": smart}


@contextmanager
def _serving(app: web.Application, listener: socket.socket, down: set[str]) -> Iterator[None]:
    """Serve an application from a thread of its own: signing waits for its answers."""

    @web.middleware
    async def out_of_order(request: web.Request, handler: Any) -> web.StreamResponse:
        if any(part in request.path for part in down):
            raise web.HTTPServiceUnavailable
        response: web.StreamResponse = await handler(request)
        return response

    app.middlewares.append(out_of_order)
    loop = asyncio.new_event_loop()
    runner = web.AppRunner(app, access_log=None)
    loop.run_until_complete(runner.setup())
    loop.run_until_complete(web.SockSite(runner, listener).start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
