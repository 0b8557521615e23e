"""The VAPID key pair: who we are to push services. Losing it ends every subscription."""

import base64
import contextlib
import os
import tempfile
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

PrivateKey = ec.EllipticCurvePrivateKey

RAW_BYTES = 32


class VapidKeyError(ValueError):
    """The key cannot be used. The message says why and never contains the key."""


def generate() -> PrivateKey:
    """Make a new P-256 key pair."""
    return ec.generate_private_key(ec.SECP256R1())


def parse(text: str) -> PrivateKey:
    r"""Read a key from text: PEM (also with its line ends written as \n), or base64url of 32 bytes.

    Raises VapidKeyError when it is neither, or not a P-256 key.
    """
    text = text.strip()
    try:
        key = _from_pem(text) if text.startswith("-----BEGIN") else _from_raw(text)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise VapidKeyError(
            "The VAPID private key is neither a PEM nor 32 bytes as base64url."
        ) from None
    if not isinstance(key, PrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise VapidKeyError("The VAPID private key is not a P-256 key.")
    return key


def load(path: Path) -> PrivateKey:
    """Read a key that `save` wrote. Raises OSError or VapidKeyError."""
    return parse(path.read_text(encoding="utf-8", errors="replace"))


def save(key: PrivateKey, path: Path) -> None:
    """Write the key as PEM, readable by its owner only, whole or not at all.

    Raises FileExistsError when there is a key already: replacing it would silence every device.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".vapid-")  # 0600 from the start
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_to_pem(key))
            file.flush()
            os.fsync(file.fileno())
        os.link(name, path)  # unlike a rename, fails when the name is taken
        _sync_folder(path.parent)
    finally:
        Path(name).unlink()


def load_or_make(path: Path) -> PrivateKey:
    """Return the key at path, made first when there is none. Safe when two processes do it at once.

    Raises OSError or VapidKeyError.
    """
    if not path.exists():
        with contextlib.suppress(FileExistsError):  # another process was first: its key it is
            save(generate(), path)
    return load(path)


def application_server_key(key: PrivateKey) -> str:
    """Return the public key as browsers want it: the uncompressed point as base64url."""
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode("ascii")


def _from_pem(text: str) -> object:
    return load_pem_private_key(text.replace("\\n", "\n").encode(), password=None)


def _from_raw(text: str) -> PrivateKey:
    text = text.rstrip("=")
    raw = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
    if len(raw) != RAW_BYTES:
        raise ValueError("wrong length")
    return ec.derive_private_key(int.from_bytes(raw, "big"), ec.SECP256R1())


def _to_pem(key: PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
