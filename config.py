"""Config: the installation's environment, read once, every fault reported at once."""

import base64
import binascii
import ipaddress
import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

import sqlalchemy as sa

ROOT = Path(__file__).resolve().parent
SECRETS = {"SECRET_KEY", "MASTER_KEY", "DATABASE_URL", "MAIL_URL", "STORAGE_URL"}
MASTER_KEY_BYTES = 32


class ConfigFaults(Exception):
    """One sentence for each setting of the environment that cannot be used."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Config:
    """Effective values. Secrets stay out of the representation, and so out of logs."""

    instance: Path
    database_url: str = field(repr=False)
    storage_url: str = field(repr=False)
    mail_url: str = field(repr=False)
    mail_from: str
    timestamp_url: str
    timestamp_ca_file: Path | None
    host: str
    port: int
    tls_cert_file: Path | None
    tls_key_file: Path | None
    base_url: str
    secret_key: str = field(repr=False)
    master_key: bytes = field(repr=False)
    trusted_hosts: tuple[str, ...]
    trusted_proxies: int
    outbox_thread: bool

    @property
    def public(self) -> bool:
        """Whether BASE_URL can be reached from elsewhere, so that PDFs may print it."""
        return not is_loopback(urlsplit(self.base_url).hostname or "")


def read_config(environment: Mapping[str, str]) -> Config:
    """Read every variable, making first-run secrets; raise ConfigFaults with all faults."""
    reader = _Reader(environment)
    instance = reader.path("FINGERPOST_INSTANCE", ROOT / "instance")
    host = reader.text("HOST", "127.0.0.1")
    port = reader.port()
    cert, key = reader.optional_file("TLS_CERT_FILE"), reader.optional_file("TLS_KEY_FILE")
    if (cert is None) != (key is None):
        reader.fault("TLS_CERT_FILE and TLS_KEY_FILE belong together: set both or neither.")
    base_url = reader.base_url(host, port, tls=cert is not None)
    if not is_loopback(host) and cert is None and not base_url.startswith("https://"):
        reader.fault(
            f"HOST={host} can be reached from other machines, so it needs TLS_CERT_FILE and "
            "TLS_KEY_FILE, or an https BASE_URL behind a proxy."
        )
    config = Config(
        instance=instance,
        database_url=reader.database_url(instance),
        storage_url=reader.storage_url(instance),
        mail_url=reader.mail_url(),
        mail_from=reader.text("MAIL_FROM", ""),
        timestamp_url=reader.timestamp_url(),
        timestamp_ca_file=reader.optional_file("TIMESTAMP_CA_FILE"),
        host=host,
        port=port,
        tls_cert_file=cert,
        tls_key_file=key,
        base_url=base_url,
        secret_key=reader.secret_key(instance),
        master_key=reader.master_key(instance),
        trusted_hosts=reader.words("TRUSTED_HOSTS"),
        trusted_proxies=reader.count("TRUSTED_PROXIES"),
        outbox_thread=reader.switch("OUTBOX_THREAD", on=True),
    )
    reader.check_sender(config.mail_url, config.mail_from)
    if reader.faults:
        raise ConfigFaults(reader.faults)
    return config


def master_key_file(instance: Path) -> Path:
    """Where the master key is looked for when the environment does not give it."""
    return instance / "keys" / "master_key"


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine itself."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def shown(config: Config) -> dict[str, str]:
    """Every variable with its effective value, secrets masked: what `config show` prints."""
    values = {
        "FINGERPOST_INSTANCE": config.instance,
        "DATABASE_URL": sa.make_url(config.database_url).render_as_string(hide_password=True),
        "STORAGE_URL": _without_password(config.storage_url),
        "MAIL_URL": _without_password(config.mail_url) or "none",
        "MAIL_FROM": config.mail_from or "none",
        "TIMESTAMP_URL": config.timestamp_url or "none",
        "TIMESTAMP_CA_FILE": config.timestamp_ca_file or "none",
        "HOST": config.host,
        "PORT": config.port,
        "TLS_CERT_FILE": config.tls_cert_file or "none",
        "TLS_KEY_FILE": config.tls_key_file or "none",
        "BASE_URL": config.base_url,
        "SECRET_KEY": "(set)",
        "MASTER_KEY": "(set)",
        "TRUSTED_HOSTS": ", ".join(config.trusted_hosts) or "any",
        "TRUSTED_PROXIES": config.trusted_proxies,
        "OUTBOX_THREAD": "on" if config.outbox_thread else "off",
    }
    return {name: str(value) for name, value in values.items()}


class _Reader:
    """Takes values out of an environment and collects what is wrong with them."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.faults: list[str] = []

    def fault(self, sentence: str) -> None:
        self.faults.append(sentence)

    def text(self, name: str, default: str) -> str:
        file = self.environment.get(f"{name}_FILE", "") if name in SECRETS else ""
        if not file:
            return self.environment.get(name, "").strip() or default
        try:
            return _absolute(file).read_text(encoding="utf-8").strip() or default
        except OSError as error:
            self.fault(f"{name}_FILE={file} cannot be read: {error.strerror}.")
            return default

    def path(self, name: str, default: Path) -> Path:
        return _absolute(self.text(name, str(default)))

    def optional_file(self, name: str) -> Path | None:
        value = self.text(name, "")
        if not value:
            return None
        path = _absolute(value)
        if not path.is_file():
            self.fault(f"{name}={value} is not a file that can be read.")
        return path

    def words(self, name: str) -> tuple[str, ...]:
        return tuple(word for word in self.text(name, "").replace(",", " ").split() if word)

    def count(self, name: str) -> int:
        value = self.text(name, "0")
        if value.isdecimal():
            return int(value)
        self.fault(f"{name}={value} is not a number: how many proxies stand in front?")
        return 0

    def port(self) -> int:
        value = self.text("PORT", "8000")
        if value.isdecimal() and 0 < int(value) < 65536:
            return int(value)
        self.fault(f"PORT={value} is not a port; use a number from 1 to 65535.")
        return 8000

    def base_url(self, host: str, port: int, *, tls: bool) -> str:
        name = f"[{host}]" if ":" in host else host
        default = f"{'https' if tls else 'http'}://{name}:{port}"
        value = self.text("BASE_URL", default).rstrip("/")
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            self.fault(f"BASE_URL={value} is not an address like https://sign.example.org.")
        return value

    def database_url(self, instance: Path) -> str:
        value = self.text("DATABASE_URL", f"sqlite:///{instance / 'fingerpost.db'}")
        try:
            url = sa.make_url(value)
        except sa.exc.ArgumentError:
            self.fault("DATABASE_URL is not an address like postgresql://user:password@host/name.")
            return value
        backend = url.get_backend_name()
        if backend == "postgresql":
            return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        if backend != "sqlite":
            self.fault(f"DATABASE_URL names {backend}; Fingerpost keeps to sqlite and postgresql.")
        if url.database and url.database != ":memory:":
            url = url.set(database=str(_absolute(url.database)))
        return url.render_as_string(hide_password=False)

    def storage_url(self, instance: Path) -> str:
        value = self.text("STORAGE_URL", f"disk:{instance / 'archive'}")
        if value.startswith("disk:"):
            return f"disk:{_absolute(value.removeprefix('disk:'))}"
        self.fault("STORAGE_URL is not an address like disk:/path/to/archive.")
        return value

    def switch(self, name: str, *, on: bool) -> bool:
        value = self.text(name, "on" if on else "off").lower()
        if value not in {"on", "off"}:
            self.fault(f"{name}={value} is neither on nor off.")
        return value == "on"

    def mail_url(self) -> str:
        value = self.text("MAIL_URL", "")
        if value and not value.startswith("console:") and not _is_mail_server(value):
            self.fault(
                "MAIL_URL is neither smtp://user:password@host:587, smtps://user:password@host:465 "
                "nor console: (or empty)."
            )
        return value

    def check_sender(self, mail_url: str, mail_from: str) -> None:
        if mail_url.startswith("smtp") and not mail_from:
            self.fault("MAIL_FROM is missing: letters need an address they come from.")
        elif mail_from and not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(mail_from)[1]):
            self.fault(f"MAIL_FROM={mail_from} is not an address like office@example.org.")

    def timestamp_url(self) -> str:
        value = self.text("TIMESTAMP_URL", "")
        if value and not _is_plain_web_address(value):
            self.fault(
                "TIMESTAMP_URL is not an address like http://timestamp.example.org/tsa, without a "
                "user name and password (or empty)."
            )
        return value

    def secret_key(self, instance: Path) -> str:
        given = self.text("SECRET_KEY", "")
        if given and len(given) < 32:
            self.fault("SECRET_KEY is too short; use at least 32 random characters.")
        return given or self._kept(instance / "keys" / "secret_key", secrets.token_urlsafe, 48)

    def master_key(self, instance: Path) -> bytes:
        given = self.text("MASTER_KEY", "")
        text = given or self._kept(master_key_file(instance), _new_master_key, 0)
        try:
            key = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        except (binascii.Error, ValueError):
            key = b""
        if len(key) != MASTER_KEY_BYTES and text:
            self.fault("MASTER_KEY is not 32 bytes in URL-safe base64.")
        return key

    def _kept(self, file: Path, make: Callable[[int], str], size: int) -> str:
        """Read a first-run secret, or make it: readable by its owner only, never replaced."""
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return file.read_text(encoding="utf-8").strip()
        except OSError as error:
            self.fault(f"{file} cannot be made: {error.strerror}.")
            return ""
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            secret = make(size)
            out.write(secret + "\n")
            out.flush()
            os.fsync(out.fileno())
        return secret


def _new_master_key(_size: int) -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(MASTER_KEY_BYTES)).decode()


def _absolute(path: str) -> Path:
    """Relative paths count from the repository root, wherever a command is started."""
    return (ROOT / path).resolve()


def _is_mail_server(url: str) -> bool:
    try:
        parts = urlsplit(url)
        # Reading the port finds one that is no number or too large.
        return parts.scheme in {"smtp", "smtps"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _is_plain_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and parts.port != 0
        return parts.scheme in {"http", "https"} and named and "@" not in parts.netloc
    except ValueError:
        return False


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    if parts.password is None:
        return url
    return url.replace(f":{parts.password}@", ":***@")
