"""The VAPID key pair on disk and from the environment."""

import base64
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from pwa.push import keys


def raw(key: keys.PrivateKey) -> str:
    number = key.private_numbers().private_value
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).decode()


def pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def test_a_saved_key_comes_back_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "vapid.pem"
    key = keys.generate()
    keys.save(key, path)
    assert keys.application_server_key(keys.load(path)) == keys.application_server_key(key)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["vapid.pem"]


def test_a_key_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "vapid.pem"
    first = keys.application_server_key(keys.load_or_make(path))
    with pytest.raises(FileExistsError):
        keys.save(keys.generate(), path)
    assert keys.application_server_key(keys.load_or_make(path)) == first
    assert [p.name for p in tmp_path.iterdir()] == ["vapid.pem"]


def test_many_at_once_agree_on_one_key(tmp_path: Path) -> None:
    path = tmp_path / "vapid.pem"
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: keys.load_or_make(path), range(16)))
    assert len({keys.application_server_key(key) for key in made}) == 1


def test_the_application_server_key_is_an_uncompressed_point() -> None:
    text = keys.application_server_key(keys.generate())
    assert len(text) == 87
    assert base64.urlsafe_b64decode(text + "=")[0] == 4


def test_the_environment_may_give_pem_or_base64url() -> None:
    key = keys.generate()
    public = keys.application_server_key(key)
    one_line = pem(key).replace("\n", "\\n")
    for text in [pem(key), one_line, raw(key), raw(key).rstrip("="), f"  {raw(key)}\n"]:
        assert keys.application_server_key(keys.parse(text)) == public


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense!",
        "é",
        "c2hvcnQ",
        "A" * 43,  # the number 0 is no key
        "_" * 42 + "8",  # nor is one beyond the curve
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        pem(ec.generate_private_key(ec.SECP384R1())),
    ],
)
def test_what_is_no_key_is_named_without_showing_it(text: str) -> None:
    with pytest.raises(keys.VapidKeyError, match=r"^The VAPID private key is n") as problem:
        keys.parse(text)
    assert len(text) < 5 or text not in str(problem.value)
