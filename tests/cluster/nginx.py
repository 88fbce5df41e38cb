"""nginx on loopback with the configuration of deploy/, as any user and without a service of the system."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from fixtures.browser_setup import APT_SECONDS
from tests.loopback import AUTHORITY

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
SITE = ROOT / "deploy" / "nginx" / "densai.conf"
NAME = "localhost"
DEBIAN = Path("/usr/sbin/nginx")
PACKAGES = ("nginx", "nginx-core", "nginx-light")  # the program is in another one from release to release
MAIN = """\
daemon off;
{user}pid {folder}/nginx.pid;
error_log {folder}/nginx.log warn;
worker_processes 1;
events {{ }}
http {{
    access_log off;
    # A browser would refuse plain http on this computer's own name for a year.
    proxy_hide_header Strict-Transport-Security;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


class NoNginxError(Exception):
    """There is no nginx to start; the message says in one sentence why."""


def program(folder: Path) -> Path:
    """Return nginx: the system's, or the distribution's package unpacked into a folder. Raises NoNginxError.

    Unpacked and not installed: the package would start a service on port 80 for everybody.
    """
    found = shutil.which("nginx") or (str(DEBIAN) if DEBIAN.exists() else None)
    if found:
        return Path(found)
    if shutil.which("apt-get") and os.geteuid() == 0:
        _run(folder, "apt-get", "update", "-qq")
    for package in PACKAGES:
        unpacked = folder / package
        if not (_run(folder, "apt-get", "download", "-qq", package)):
            continue
        for file in folder.glob(f"{package}_*.deb"):
            _run(folder, "dpkg-deb", "-x", str(file), str(unpacked))
        if (unpacked / "usr/sbin/nginx").exists():
            return unpacked / "usr/sbin/nginx"
    message = "nginx がありません（apt-get install nginx）。 nginx is not installed and could not be fetched."
    raise NoNginxError(message)


def write_configuration(folder: Path, port: int, nodes: Sequence[int]) -> Path:
    """Write the site of deploy/ for these ports on loopback; return the main file of the configuration."""
    site = SITE.read_text(encoding="utf-8")
    for old, new in (
        ("server 172.31.156.11:8000", f"server 127.0.0.1:{nodes[0]}"),
        ("server 172.31.156.12:8000", f"server 127.0.0.1:{nodes[1]}"),
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("server_name densai.example.jp", f"server_name {NAME}"),
        ("/etc/densai/tls/fullchain.pem", str(AUTHORITY / "server.pem")),
        ("/etc/densai/tls/privkey.pem", str(AUTHORITY / "server.key")),
    ):
        assert site.count(old) == 1, old
        site = site.replace(old, new)
    (folder / "site.conf").write_text(site, encoding="utf-8")
    main = folder / "nginx.conf"
    user = "user root;\n" if os.geteuid() == 0 else ""
    main.write_text(MAIN.format(folder=folder, user=user), encoding="utf-8")
    return main


def start(nginx: Path, main: Path) -> subprocess.Popen[bytes]:
    """Start nginx on a configuration; its faults are told on the error output. Raises NoNginxError."""
    command = [str(nginx), "-p", str(main.parent), "-e", str(main.parent / "nginx.log"), "-c", str(main)]
    if subprocess.run([*command, "-t", "-q"], check=False).returncode:
        message = "nginx の設定に誤りがあります。 nginx does not take its configuration."
        raise NoNginxError(message)
    return subprocess.Popen(command)


def _run(folder: Path, *command: str) -> bool:
    try:
        done = subprocess.run(command, cwd=folder, check=False, capture_output=True, timeout=APT_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
