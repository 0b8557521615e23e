"""The key and the sender as the settings say."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from config import Config
from pwa.push.keys import PrivateKey, VapidKeyError, load, load_or_make, parse

if TYPE_CHECKING:
    from pwa.push.sender import Sender

FILE = "vapid_private_key.pem"
MISSING = "There is no key for notifications yet: run `flask --app pwa init`."


def key_file(config: Config) -> Path:
    """Where the key lies when no setting holds it."""
    return config.instance_path / FILE


def private_key(config: Config) -> PrivateKey:
    """The key of the settings, else the one that `init` made. Raises VapidKeyError without one."""
    if config.vapid_private_key:
        return parse(config.vapid_private_key)
    try:
        return load(key_file(config))
    except OSError:
        raise VapidKeyError(MISSING) from None


def make_key(config: Config) -> bool:
    """Make the key where none is. True when it was made. Raises OSError or VapidKeyError."""
    if config.vapid_private_key:
        parse(config.vapid_private_key)
        return False
    new = not key_file(config).exists()
    load_or_make(key_file(config))
    return new


def sender(config: Config, now: Callable[[], datetime]) -> "Sender":
    """A sender with our key and contact; `now` is the true time. Raises VapidKeyError."""
    from pwa.push.sender import Sender  # late: it brings an HTTP client along

    key = private_key(config)
    return Sender(key, config.vapid_contact, now, allowed_hosts=config.push_allowed_hosts)
