"""TLS pinning for an internal certificate authority: the browser is given the keys of its verified servers.

Chromium takes no file of authorities. So Python verifies each server's certificate against the file, with its
host name, and the browser gets the hash of its public key: that key, and no other, is then accepted.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import ssl
from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from steps.deployment import NO_PROXY, DeploymentError, Resolved
from steps.driver.page_errors import PROXY_ASKS
from steps.proxy import Proxy

SECONDS = 15
HTTP_PORT = 80  # of a proxy whose address names none: as the browser has it
FLAG = "--ignore-certificate-errors-spki-list="


def launch_args(deployed: Resolved) -> list[str]:
    """Return the arguments to start the browser with for a deployment. Raises DeploymentError."""
    site = deployed.file.site
    return args_for(deployed.start, site.ca_file, deployed.proxy, site.hosts)


def args_for(start: str, ca_file: str, proxy: Proxy = NO_PROXY, hosts: Sequence[str] = ()) -> list[str]:
    """Return the arguments for an address, and for the other hosts (host or host:port) of its pages.

    None without a file of the authority. Raises DeploymentError.
    """
    parts = urlsplit(start)
    if not ca_file:
        return []
    first = [f"{parts.hostname}:{parts.port or 443}"] if parts.scheme == "https" else []
    return [FLAG + ",".join(_pin(host, ca_file, proxy) for host in (*first, *hosts))]


def _pin(place: str, ca_file: str, proxy: Proxy) -> str:
    """Return the hash of the public key of a server, once its certificate is verified."""
    host, _, port = place.partition(":")
    try:
        context = ssl.create_default_context(cafile=ca_file)
    except (OSError, ssl.SSLError) as error:
        raise DeploymentError(
            f"site.ca_file の {ca_file} を認証局の証明書として読めません: {error}"
        ) from None
    try:
        certificate = _certificate(host, int(port or 443), context, proxy)
    except ssl.SSLCertVerificationError as error:
        raise DeploymentError(
            f"{place} の証明書は、site.ca_file の認証局では確かめられません: {error.verify_message} "
            "The certificate is not vouched for by this authority."
        ) from None
    except (OSError, http.client.HTTPException) as error:
        raise DeploymentError(_unreached(place, proxy, error)) from None
    try:
        return key_hash(certificate)
    except (UnsupportedAlgorithm, ValueError) as error:
        raise DeploymentError(
            f"{place} の証明書の公開鍵を読めません: {error} The certificate's key cannot be read."
        ) from None


def _unreached(place: str, proxy: Proxy, error: Exception) -> str:
    way = f"プロキシ {proxy.server} を通して " if proxy.server else ""
    if str(HTTPStatus.PROXY_AUTHENTICATION_REQUIRED.value) in str(error):
        return f"{way}{place} に接続できません。{PROXY_ASKS} ({error})"
    return f"{way}{place} に接続できません: {error} The host cannot be reached."


def _certificate(host: str, port: int, context: ssl.SSLContext, proxy: Proxy) -> bytes:
    """Return the verified certificate of a server, in DER. Raises OSError and HTTPException."""
    if proxy.server:
        through = urlsplit(proxy.server)
        at = through.hostname or "", through.port or HTTP_PORT
        link = http.client.HTTPSConnection(*at, context=context, timeout=SECONDS)
        link.set_tunnel(host, port, proxy.headers())
    else:
        link = http.client.HTTPSConnection(host, port, context=context, timeout=SECONDS)
    try:
        link.connect()
        found = link.sock.getpeercert(binary_form=True)
    finally:
        link.close()
    assert found, "a verified connection has a certificate"
    return found


def key_hash(certificate: bytes) -> str:
    """Return Chromium's hash of a certificate's key: the SHA-256 of its SubjectPublicKeyInfo, in Base64.

    certificate: in DER. Raises UnsupportedAlgorithm and ValueError for a key that cannot be read, or that the
    certificate has in another encoding than ours, whose hash the browser would not find.
    """
    read = x509.load_der_x509_certificate(certificate)
    key = read.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if key not in read.tbs_certificate_bytes:
        raise ValueError(f"unusual encoding of {read.public_key_algorithm_oid.dotted_string}")
    return base64.b64encode(hashlib.sha256(key).digest()).decode()
