"""The sign-off of evidence: who stands for it in which role, kept in signoff.json and sealed with the rest.

Each signature names the seal that it was given to. The manifest of that seal is kept, as manifest-1.json and
so on, and the present manifest names it: the seal of the run itself can still be shown after any signature.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import msgspec

from steps.evidence import sealing
from steps.evidence.disk import EvidenceError, hash_of
from steps.evidence.pages import page
from steps.evidence.run_records import MANIFEST, ROLES, SIGN_OFF, SIGN_OFF_PAGE, now
from steps.evidence.run_results import WORDS, RunResults, read_results


class Signature(msgspec.Struct, frozen=True):
    """One signature: the role, the name and the day as they were entered.

    at: when it was entered. seal: the SHA-256 of the manifest that it was given to.
    """

    role: str
    name: str
    day: date
    at: str
    seal: str


def read_signatures(folder: Path) -> list[Signature]:
    """Return the signatures in their order; none for evidence that nobody has signed. Raises ValueError."""
    path = folder / SIGN_OFF
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[Signature]) if path.exists() else []
    except msgspec.DecodeError:
        raise ValueError(f"{path.name} を読めません。") from None


def next_role(signatures: Sequence[Signature]) -> str:
    """Return the role that signs next; "" where all have."""
    return ROLES[len(signatures)] if len(signatures) < len(ROLES) else ""


def earliest(results: RunResults, signatures: Sequence[Signature]) -> date:
    """Return the first day on which the next role can sign: not before the run's end nor the last signature.

    The day is that of this computer's time zone.
    """
    moments = [each.at for each in (*results.runs, results.ended) if each]
    days = [datetime.fromisoformat(at).astimezone().date() for at in moments]
    return max([*days, *(each.day for each in signatures)])


def sign(folder: Path, role: str, name: str, day: date) -> sealing.Sealed:
    """Add a signature to sealed evidence, and seal it again. Raises EvidenceError and ValueError."""
    manifest = sealing.read_manifest(folder)
    if manifest is None:
        raise EvidenceError(f"封印（{MANIFEST}）がありません: {folder}")
    seal = hash_of((folder / MANIFEST).read_bytes())
    signatures = [*read_signatures(folder), Signature(role, name, day, now(), seal)]
    added = {
        SIGN_OFF: msgspec.json.format(msgspec.json.encode(signatures)),
        SIGN_OFF_PAGE: _page(folder, signatures).encode(),
    }
    return sealing.continue_seal(folder, manifest, added)


def _page(folder: Path, signatures: Sequence[Signature]) -> str:
    return page(
        "signoff.html",
        folder=folder.absolute().name,
        results=read_results(folder),
        words=WORDS,
        roles=ROLES,
        signatures={each.role: each for each in signatures},
    )


def faults(folder: Path, manifest: sealing.Manifest) -> list[str]:
    """Return what shows that signatures or earlier seals are not as they were made. Raises ValueError."""
    earlier = sealing.earlier(folder)
    seals = [hash_of(path.read_bytes()) for path in earlier]
    chain = [each for path in earlier if (each := sealing.read_manifest(folder, path.name))]
    signatures = read_signatures(folder)
    found = [*_faults_of_chain([*chain, manifest])]
    if [each.previous for each in (*chain, manifest)] != ["", *seals]:
        found.append("署名する前の封印と、つながっていません")
    if [each.seal for each in signatures] != seals:
        found.append(f"署名と封印が合いません: {SIGN_OFF}")
    if tuple(each.role for each in signatures) != ROLES[: len(signatures)]:
        found.append(f"署名の順序が違います: {SIGN_OFF}")
    return found


def _faults_of_chain(manifests: Sequence[sealing.Manifest]) -> Iterator[str]:
    """Yield the files of a seal that the next one has otherwise; a signature adds to the sign-off alone."""
    for before, after in pairwise(manifests):
        for name, digest in before.files.items():
            if name not in (SIGN_OFF, SIGN_OFF_PAGE) and after.files.get(name) != digest:
                yield f"署名されたときと違います: {name}"
