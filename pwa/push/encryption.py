"""Message encryption for web push (RFC 8291, aes128gcm of RFC 8188): a record for one device."""

import os

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
SALT_BYTES = 16
RECORD_SIZE = (4096).to_bytes(4, "big")
LAST_RECORD = b"\x02"


def encrypt(payload: bytes, device_point: bytes, auth_secret: bytes) -> bytes:
    """The body of a push: header and a single record, which only the device can open.

    `device_point` is the uncompressed point of the subscription's p256dh. Raises ValueError when it
    is not on the curve.
    """
    device_key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, device_point)
    own_key, salt = ec.generate_private_key(CURVE), os.urandom(SALT_BYTES)
    own_point = own_key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = own_key.exchange(ec.ECDH(), device_key)
    material = _derive(shared, auth_secret, b"WebPush: info\x00" + device_point + own_point, 32)
    key = _derive(material, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derive(material, salt, b"Content-Encoding: nonce\x00", 12)
    header = salt + RECORD_SIZE + bytes([len(own_point)]) + own_point
    return header + AESGCM(key).encrypt(nonce, payload + LAST_RECORD, None)


def _derive(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)
