"""The headers that every answer carries, those of the server's own refusals included."""

from __future__ import annotations

# 'self' alone: no page loads, sends or embeds anything from elsewhere, and none has inline script.
POLICY = (
    "default-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'"
)
# Never framed, sniffed or indexed, and shared with no other site.
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# Over plain http on another name than loopback a browser ignores it, with an error on every page's console.
NOT_PLAIN = {"Cross-Origin-Opener-Policy": "same-origin"}
# Behind https only: a browser would refuse plain http on the same name for a year.
HTTPS_ONLY = {"Strict-Transport-Security": "max-age=31536000"}
NOT_KEPT = {"Cache-Control": "no-store"}
