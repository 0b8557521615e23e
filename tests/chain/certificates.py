"""An authority for one test, and what it vouches for: this machine, to a browser that trusts it."""

import ipaddress
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Certificates:
    """`authority` is for the browser, in DER; `server` is what a server speaks TLS with."""

    authority: bytes
    server: ssl.SSLContext


def make_certificates(host: str, folder: Path) -> Certificates:
    """Make both for an address of this machine; the server's lies in the folder."""
    key = ec.generate_private_key(ec.SECP256R1())
    root = _begun("An authority for tests", "An authority for tests", key)
    root = root.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    own_key = ec.generate_private_key(ec.SECP256R1())
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))])
    leaf = _begun(host, "An authority for tests", own_key).add_extension(names, critical=False)
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    signed = leaf.add_extension(usage, critical=False).sign(key, hashes.SHA256())
    file = folder / "server.pem"
    private = own_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + signed.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return Certificates(root.sign(key, hashes.SHA256()).public_bytes(Encoding.DER), context)


def _begun(subject: str, issuer: str, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - DAY)
        .not_valid_after(now + DAY)
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
