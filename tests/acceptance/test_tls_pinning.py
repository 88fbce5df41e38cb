"""The pin of a key is the one that Chromium computes."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from steps.acceptance.tls_pinning import key_hash
from tests.loopback import AUTHORITY

# openssl x509 -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64
OF_SERVER = "NqIAo5aurpeRH/NrhYTEi/ybpIzXFbjtFPDGLqD0V4o="


def test_the_pin_is_that_of_openssl() -> None:
    pem = (AUTHORITY / "server.pem").read_text(encoding="ascii")
    assert key_hash(ssl.PEM_cert_to_DER_cert(pem)) == OF_SERVER


Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


def certificate(key: Key, days: int = 30) -> bytes:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now)
    algorithm = None if isinstance(key, ed25519.Ed25519PrivateKey) else SHA256()
    return made.not_valid_after(now + timedelta(days)).sign(key, algorithm).public_bytes(Encoding.DER)


@pytest.mark.parametrize(
    "key",
    [
        rsa.generate_private_key(65537, 2048),
        ec.generate_private_key(ec.SECP256R1()),
        ed25519.Ed25519PrivateKey.generate(),
    ],
    ids=["rsa", "ec", "ed25519"],
)
def test_a_key_keeps_its_pin_in_another_certificate(key: Key) -> None:
    assert key_hash(certificate(key)) == key_hash(certificate(key, days=60))


def test_a_key_in_an_unusual_encoding_is_not_pinned_wrongly() -> None:
    der = certificate(ec.generate_private_key(ec.SECP256R1()))
    at = der.index(b"\x03\x42\x00\x04")  # the point, uncompressed
    odd = der[: at + 3] + bytes([6 + (der[at + 67] & 1)]) + der[at + 4 :]  # the same in the hybrid form
    with pytest.raises(ValueError, match="unusual encoding"):
        key_hash(odd)
