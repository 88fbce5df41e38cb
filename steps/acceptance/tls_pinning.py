"""An internal certificate authority: its servers are verified here, and the browser is told their keys.

Chromium takes no file of authorities. So the certificate is checked against the file by Python, host name and
all, and its public key's hash is given to the browser: that key, and no other, is then accepted.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import ssl
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from urllib.parse import urlsplit

from steps.acceptance.connection_errors import PROXY_ASKS
from steps.deployment import NO_PROXY, DeploymentError, Resolved
from steps.proxy import Proxy

SECONDS = 15
HTTP_PORT = 80  # of a proxy whose address names none: as the browser has it
FLAG = "--ignore-certificate-errors-spki-list="
# A certificate's fields after its version: serial number, algorithm, issuer, validity, subject; the key.
FIELDS_BEFORE_KEY = 5
VERSION_TAG = 0xA0
LONG_LENGTH = 0x80


def launch_args(deployed: Resolved) -> list[str]:
    """What to start the browser with for this site. Raises DeploymentError."""
    site = deployed.file.site
    return args_for(deployed.start, site.ca_file, deployed.proxy, site.hosts)


def args_for(start: str, ca_file: str, proxy: Proxy = NO_PROXY, hosts: Sequence[str] = ()) -> list[str]:
    """The same for an address, and the other hosts that its pages come from. Raises DeploymentError."""
    parts = urlsplit(start)
    if not ca_file:
        return []
    first = [f"{parts.hostname}:{parts.port or 443}"] if parts.scheme == "https" else []
    return [FLAG + ",".join(_pin(host, ca_file, proxy) for host in (*first, *hosts))]


def _pin(place: str, ca_file: str, proxy: Proxy) -> str:
    host, _, port = place.partition(":")
    try:
        context = ssl.create_default_context(cafile=ca_file)
    except (OSError, ssl.SSLError) as error:
        raise DeploymentError(
            f"site.ca_file の {ca_file} を認証局の証明書として読めません: {error}"
        ) from None
    try:
        return key_hash(_certificate(host, int(port or 443), context, proxy))
    except ssl.SSLCertVerificationError as error:
        raise DeploymentError(
            f"{place} の証明書は、site.ca_file の認証局では確かめられません: {error.verify_message} "
            "The certificate is not vouched for by this authority."
        ) from None
    except (OSError, http.client.HTTPException) as error:
        raise DeploymentError(_unreached(place, proxy, error)) from None


def _unreached(place: str, proxy: Proxy, error: Exception) -> str:
    way = f"プロキシ {proxy.server} を通して " if proxy.server else ""
    if str(HTTPStatus.PROXY_AUTHENTICATION_REQUIRED.value) in str(error):
        return f"{way}{place} に接続できません。{PROXY_ASKS} ({error})"
    return f"{way}{place} に接続できません: {error} The host cannot be reached."


def _certificate(host: str, port: int, context: ssl.SSLContext, proxy: Proxy) -> bytes:
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
    """The hash of a certificate's public key, as Chromium wants it."""
    body = next(_parts(next(_parts(certificate))[1]))[1]
    fields = [(tag, whole) for tag, _, whole in _parts(body) if tag != VERSION_TAG]
    _, key = fields[FIELDS_BEFORE_KEY]
    return base64.b64encode(hashlib.sha256(key).digest()).decode()


def _parts(der: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """The elements of a DER sequence's content: tag, content, and all of it."""
    place = 0
    while place < len(der):
        start, tag, length = place, der[place], der[place + 1]
        place += 2
        if length & LONG_LENGTH:
            octets = length & ~LONG_LENGTH
            length, place = int.from_bytes(der[place : place + octets], "big"), place + octets
        yield tag, der[place : place + length], der[start : place + length]
        place += length
