"""Settings: one frozen dataclass, read once from the environment, checked before anything starts.

`Production`, `Development` and `Testing` are three values of it; `from_environment` begins with
Production unless `ROUNDS_ENV=development` says otherwise, so that leaving everything unset is safe.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

import click

LOCAL_HOSTS = {"127.0.0.1", "localhost", "::1"}
ONE_MEGABYTE = 1024 * 1024
MOONSHINE = "moonshine"


class ConfigError(click.ClickException):
    """A setting that cannot work, in words that say what to change; one line of a command."""

    def show(self, file: object = None) -> None:
        """As it is, without a prefix."""
        click.echo(self.message, err=True)


class Environment(StrEnum):
    """Which of the three presets a configuration began with."""

    PRODUCTION = "production"
    DEVELOPMENT = "development"
    TESTING = "testing"


@dataclass(frozen=True)
class Config:
    """All settings. `from_environment` reads them; tests use `replace(Testing, …)`."""

    instance_path: Path
    environment: Environment = Environment.PRODUCTION
    base_url: str = "http://127.0.0.1:8000"
    database_url: str = ""
    secret_key: str | None = None
    vapid_private_key: str | None = None
    vapid_contact: str = "mailto:admin@localhost"
    voice_notes_url: str = ""
    queue_url: str = ""
    region: str = "NO"
    trusted_proxies: int = 0
    push_allowed_hosts: frozenset[str] = field(default_factory=frozenset)
    smtp_url: str | None = None
    smtp_from: str = "rounds@localhost"
    speech_engine: str = MOONSHINE
    speech_api_key: str | None = None
    reading_url: str = ""
    reading_api_key: str | None = None

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Config":
        """Read the variables of `.env.example`. Raises ConfigError on a value that cannot work."""
        instance = Path(environ.get("INSTANCE_PATH", "instance")).absolute()
        port = environ.get("PORT", "8000")
        config = replace(
            _preset(environ.get("ROUNDS_ENV") or Environment.PRODUCTION),
            instance_path=instance,
            base_url=_base_url(environ.get("BASE_URL", f"http://127.0.0.1:{port}")),
            database_url=_database_url(environ.get("DATABASE_URL", ""), instance),
            secret_key=_secret(environ, "SECRET_KEY") or _file(instance / "secret_key"),
            vapid_private_key=_secret(environ, "VAPID_PRIVATE_KEY"),
            vapid_contact=_contact(environ.get("VAPID_CONTACT", "mailto:admin@localhost")),
            voice_notes_url=_local_folder("VOICE_NOTES_URL", environ, instance / "voice-notes"),
            queue_url=_queue_url(environ.get("QUEUE_URL", "")),
            region=_region(environ.get("REGION", "NO")),
            trusted_proxies=_number(environ, "TRUSTED_PROXIES"),
            push_allowed_hosts=frozenset(  # on any port, also where one is given
                host.partition(":")[0] for host in environ.get("PUSH_ALLOWED_HOSTS", "").split(",")
            )
            - {""},
            smtp_url=_secret(environ, "SMTP_URL"),
            smtp_from=environ.get("SMTP_FROM", "rounds@localhost"),
            speech_engine=_engine(environ.get("SPEECH_ENGINE", MOONSHINE)),
            speech_api_key=_secret(environ, "SPEECH_API_KEY"),
            reading_url=_service("READING_URL", environ.get("READING_URL", "")),
            reading_api_key=_secret(environ, "READING_API_KEY"),
        )
        if config.development:
            _refuse_to_deploy(config)
        return config

    @property
    def development(self) -> bool:
        """Whether templates and styles are read anew and pages say what they cost."""
        return self.environment is Environment.DEVELOPMENT

    @property
    def testing(self) -> bool:
        """Whether this is a test run, where errors reach the test instead of a page."""
        return self.environment is Environment.TESTING

    @property
    def secure(self) -> bool:
        """Whether people reach us by HTTPS: cookies then carry the `__Host-` prefix."""
        return self.base_url.startswith("https://")

    def for_flask(self) -> dict[str, object]:
        """The same as Flask's configuration keys."""
        return {
            "ROUNDS": self,
            "DATABASE_URL": self.database_url,
            "SECRET_KEY": self.secret_key,
            "TESTING": self.testing,
            "MAX_CONTENT_LENGTH": ONE_MEGABYTE,
            "MAX_FORM_MEMORY_SIZE": ONE_MEGABYTE,
            "SESSION_COOKIE_NAME": "__Host-rounds" if self.secure else "rounds",
            "SESSION_COOKIE_SECURE": self.secure,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_REFRESH_EACH_REQUEST": False,
            "PERMANENT_SESSION_LIFETIME": 90 * 24 * 3600,
            "BABEL_DEFAULT_LOCALE": "en",
            "COMPRESS_ALGORITHM": ["zstd", "br", "gzip"],
            "COMPRESS_BR_LEVEL": 5,
            "COMPRESS_ZSTD_LEVEL": 3,
        }


Production = Config(instance_path=Path("instance"))
Development = replace(Production, environment=Environment.DEVELOPMENT)
Testing = replace(
    Production,
    environment=Environment.TESTING,
    base_url="http://localhost",
    secret_key="only for tests",  # noqa: S106 signs the cookies of databases that are thrown away
)


def _preset(name: str) -> Config:
    presets = {preset.environment.value: preset for preset in (Production, Development)}
    if name not in presets:
        raise ConfigError(f"ROUNDS_ENV is “{name}”: write production (the default) or development.")
    return presets[name]


def _refuse_to_deploy(config: Config) -> None:
    """Development shows what pages cost and reads files anew: for this machine alone."""
    if config.secure or config.trusted_proxies:
        raise ConfigError(
            "ROUNDS_ENV=development is for this machine alone: take it away for a server that"
            " others reach (BASE_URL with https:// or TRUSTED_PROXIES)."
        )


def _secret(environ: Mapping[str, str], name: str) -> str | None:
    path = environ.get(f"{name}_FILE")
    if not path:
        return environ.get(name) or None
    secret = _file(Path(path))
    if secret is None:
        raise ConfigError(f"{name}_FILE names {path}, which cannot be read.")
    return secret


def _file(path: Path) -> str | None:
    try:
        return path.read_text().strip() or None
    except OSError:
        return None


def _base_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ConfigError(f"BASE_URL is “{value}”: give the address people open, with https://.")
    if parts.scheme == "http" and parts.hostname not in LOCAL_HOSTS:
        raise ConfigError(
            f"BASE_URL is “{value}”: phones need https:// for the microphone and for notices;"
            " only this machine itself may use http://."
        )
    return value.rstrip("/")


def _database_url(value: str, instance: Path) -> str:
    if not value:
        return f"sqlite:///{instance / 'rounds.db'}"
    if value.startswith(("postgres://", "postgresql://")):
        return "postgresql+psycopg://" + value.split("://", 1)[1]
    if value.startswith(("sqlite:///", "postgresql+psycopg://")):
        return value
    raise ConfigError("DATABASE_URL must begin with sqlite:/// or postgresql://.")


def _queue_url(value: str) -> str:
    value = value.removeprefix("sqlite:///")
    if "://" not in value:
        return value
    if value.startswith(("postgres://", "postgresql://")):
        return "postgresql://" + value.split("://", 1)[1]
    raise ConfigError("QUEUE_URL must be a file or begin with postgresql://.")


def _contact(value: str) -> str:
    if value.startswith(("mailto:", "https://")):
        return value
    raise ConfigError("VAPID_CONTACT must be a mailto: or https:// address.")


def _local_folder(name: str, environ: Mapping[str, str], default: Path) -> str:
    value = environ.get(name) or str(default)
    if "://" in value and not value.startswith("file://"):
        raise ConfigError(f"{name} must be a folder on this machine.")
    return value.removeprefix("file://")


def _region(value: str) -> str:
    if len(value) == 2 and value.isalpha():
        return value.upper()
    raise ConfigError(f"REGION is “{value}”: give a country of two letters, such as NO or AU.")


def _number(environ: Mapping[str, str], name: str) -> int:
    value = environ.get(name, "0")
    if value.isdigit():
        return int(value)
    raise ConfigError(f"{name} is “{value}”: give a whole number.")


def _engine(value: str) -> str:
    """The speech engine: the default, none, Whisper with its model's folder, a service."""
    kind, _, folder = value.partition(":")
    if value in (MOONSHINE, "none") or (kind == "whisper" and Path(folder).is_absolute()):
        return value
    if kind in ("http", "https"):
        return _service("SPEECH_ENGINE", value)
    raise ConfigError(
        f"SPEECH_ENGINE is “{value}”: write moonshine, none, whisper:/folder/of/the/model, or the"
        " address of a service as in https://speech.example/v1#model."
    )


def _service(name: str, value: str) -> str:
    """The address of a service outside, with its model behind a #; nothing for none."""
    parts = urlsplit(value)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL_HOSTS)
    if not value or (safe and parts.hostname and parts.fragment and not parts.query):
        return value
    raise ConfigError(
        f"{name} is “{value}”: write https://, the address up to its version, # and the model,"
        " as in https://speech.example/v1#whisper-1."
    )
