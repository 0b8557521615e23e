"""Checks a VAPID Authorization header as RFC 8292 says, without the library that signs ours."""

import base64
import json
import re
import time
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

LONGEST_LIFE = 24 * 3600


class VapidFault(Exception):
    """The header is not in order; the message says what is wrong."""


def verified_claims(
    authorization: str, *, audience: str, application_server_key: str
) -> dict[str, Any]:
    """Return the claims of a header that is in order, else raise VapidFault."""
    match = re.fullmatch(r"vapid t=([\w.-]+), ?k=([\w-]+)", authorization)
    if not match:
        raise VapidFault("Authorization is not vapid t=..., k=...")
    token, key = match.groups()
    if key != application_server_key:
        raise VapidFault("The key is not the one of the subscription")
    claims = _opened(token, key)
    _check(claims, audience)
    return claims


def _opened(token: str, key: str) -> dict[str, Any]:
    head, claims, signature = token.split(".")
    if json.loads(_raw(head)).get("alg") != "ES256":
        raise VapidFault("The token is not signed with ES256")
    raw = _raw(signature)
    if len(raw) != 64:
        raise VapidFault("The signature is not 64 bytes")
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _raw(key))
    try:
        public.verify(
            encode_dss_signature(r, s), f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256())
        )
    except InvalidSignature as error:
        raise VapidFault("The signature is wrong") from error
    opened: dict[str, Any] = json.loads(_raw(claims))
    return opened


def _check(claims: dict[str, Any], audience: str) -> None:
    if claims.get("aud") != audience:
        raise VapidFault("The audience is not this push service")
    left = claims.get("exp", 0) - time.time()
    if not 0 < left <= LONGEST_LIFE:
        raise VapidFault("The expiry is past or more than 24 hours ahead")
    if not re.match(r"mailto:.+@.+|https://.+", claims.get("sub", "")):
        raise VapidFault("The subject is neither mailto: nor https:")


def _raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
