"""Config: sensible on a fresh machine, every fault named at once, secrets never shown."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import ROOT, ConfigFaults, read_config, shown


def faults(tmp_path: Path, **environment: str) -> list[str]:
    """The sentences that an environment gets."""
    with pytest.raises(ConfigFaults) as caught:
        read_config({"FINGERPOST_INSTANCE": str(tmp_path)} | environment)
    return caught.value.faults


def test_a_fresh_machine_needs_nothing(tmp_path: Path) -> None:
    config = read_config({"FINGERPOST_INSTANCE": str(tmp_path)})
    assert config.database_url == f"sqlite:///{tmp_path / 'fingerpost.db'}"
    assert config.storage_url == f"disk:{tmp_path / 'archive'}"
    assert (config.host, config.port, config.base_url) == (
        "127.0.0.1",
        8000,
        "http://127.0.0.1:8000",
    )
    assert not config.public


def test_first_run_secrets_are_made_once_and_for_their_owner_only(tmp_path: Path) -> None:
    first = read_config({"FINGERPOST_INSTANCE": str(tmp_path)})
    second = read_config({"FINGERPOST_INSTANCE": str(tmp_path)})
    assert (first.secret_key, first.master_key) == (second.secret_key, second.master_key)
    assert len(first.master_key) == 32
    for name in ("secret_key", "master_key"):
        assert (tmp_path / "keys" / name).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700


def test_a_secret_can_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s" * 40 + "\n", encoding="utf-8")
    environment = {"SECRET_KEY_FILE": str(tmp_path / "secret"), "SECRET_KEY": "x" * 40}
    config = read_config({"FINGERPOST_INSTANCE": str(tmp_path)} | environment)
    assert config.secret_key == "s" * 40


@pytest.mark.parametrize("name", ["PORT", "TRUSTED_PROXIES"])
def test_a_sign_that_only_looks_like_a_number_is_a_fault(tmp_path: Path, name: str) -> None:
    (fault,) = faults(tmp_path, **{name: "²"})
    assert fault.startswith(f"{name}=²")


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        PORT="99999",
        DATABASE_URL="mysql://root@localhost/x",
        STORAGE_URL="ftp://example.org",
        MAIL_URL="pigeon:",
        SECRET_KEY="short",
        MASTER_KEY="not base64!",
        TRUSTED_PROXIES="many",
        BASE_URL="sign.example.org",
        TLS_CERT_FILE="no/such/file.pem",
    )
    names = ("PORT", "DATABASE_URL", "STORAGE_URL", "MAIL_URL", "SECRET_KEY", "MASTER_KEY")
    for name in (*names, "TRUSTED_PROXIES", "BASE_URL", "TLS_CERT_FILE"):
        assert len([sentence for sentence in found if sentence.startswith(name)]) >= 1, name
    assert all(sentence.endswith((".", "?")) for sentence in found)


def test_other_machines_may_only_come_by_https(tmp_path: Path) -> None:
    (sentence,) = faults(tmp_path, HOST="0.0.0.0")
    assert "TLS_CERT_FILE" in sentence
    behind_a_proxy = {"HOST": "0.0.0.0", "BASE_URL": "https://sign.example.org/"}
    config = read_config({"FINGERPOST_INSTANCE": str(tmp_path)} | behind_a_proxy)
    assert config.base_url == "https://sign.example.org"
    assert config.public


def test_letters_need_a_sender(tmp_path: Path) -> None:
    (sentence,) = faults(tmp_path, MAIL_URL="smtp://user:secret@mail.example.org:587")
    assert sentence.startswith("MAIL_FROM")


@pytest.mark.parametrize("sender", ["office", "Bluebells <office>", "@", "a@b@c"])
def test_letters_need_a_sender_that_is_an_address(tmp_path: Path, sender: str) -> None:
    (sentence,) = faults(tmp_path, MAIL_URL="smtp://mail.example.org", MAIL_FROM=sender)
    assert sentence.startswith(f"MAIL_FROM={sender} is not an address")


@pytest.mark.parametrize(
    "url", ["smtp:", "smtp://", "smtp://host:none", "smtp://host:99999", "http://host", "mail"]
)
def test_what_is_no_mail_server(tmp_path: Path, url: str) -> None:
    (sentence,) = faults(tmp_path, MAIL_URL=url, MAIL_FROM="office@example.org")
    assert sentence.startswith("MAIL_URL is neither")


@pytest.mark.parametrize("url", ["smtps://user:secret@mail.example.org", "console:", ""])
def test_what_is_a_way_for_letters(tmp_path: Path, url: str) -> None:
    environment = {"FINGERPOST_INSTANCE": str(tmp_path), "MAIL_URL": url}
    assert read_config(environment | {"MAIL_FROM": "office@example.org"}).mail_url == url


def test_the_outbox_thread_is_on_or_off(tmp_path: Path) -> None:
    for word, on in (("on", True), ("Off", False), ("", True)):
        environment = {"FINGERPOST_INSTANCE": str(tmp_path), "OUTBOX_THREAD": word}
        assert read_config(environment).outbox_thread is on
    assert faults(tmp_path, OUTBOX_THREAD="maybe") == ["OUTBOX_THREAD=maybe is neither on nor off."]


def test_postgresql_is_spoken_to_by_psycopg(tmp_path: Path) -> None:
    environment = {"DATABASE_URL": "postgresql://me:secret@localhost/fingerpost"}
    config = read_config({"FINGERPOST_INSTANCE": str(tmp_path)} | environment)
    assert config.database_url == "postgresql+psycopg://me:secret@localhost/fingerpost"


def test_relative_paths_count_from_the_repository(tmp_path: Path) -> None:
    environment = {"DATABASE_URL": "sqlite:///some/where.db", "STORAGE_URL": "disk:some/archive"}
    config = read_config({"FINGERPOST_INSTANCE": str(tmp_path)} | environment)
    assert config.database_url == f"sqlite:///{ROOT / 'some' / 'where.db'}"
    assert config.storage_url == f"disk:{ROOT / 'some' / 'archive'}"


def test_secrets_are_never_shown(tmp_path: Path) -> None:
    config = read_config(
        {
            "FINGERPOST_INSTANCE": str(tmp_path),
            "DATABASE_URL": "postgresql://me:hush@localhost/fingerpost",
            "MAIL_URL": "smtp://user:hush@mail.example.org:587",
            "MAIL_FROM": "office@example.org",
            "SECRET_KEY": "hush" * 10,
        }
    )
    assert "hush" not in repr(config)
    assert "hush" not in "\n".join(shown(config).values())


def run_flask(
    tmp_path: Path, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """`flask …` as a person starts it, on an instance of its own."""
    return subprocess.run(
        [sys.executable, "-m", "flask", *arguments],
        cwd=ROOT,
        env=os.environ | {"FINGERPOST_INSTANCE": str(tmp_path), "DATABASE_URL": ""} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_faults_stop_a_command_with_sentences_and_no_traceback(tmp_path: Path) -> None:
    done = run_flask(tmp_path, "config", "show", PORT="none", MAIL_URL="pigeon:")
    assert done.returncode == 1
    assert "PORT=none is not a port" in done.stderr
    assert "MAIL_URL" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_show_prints_every_value(tmp_path: Path) -> None:
    done = run_flask(tmp_path, "config", "show")
    assert done.returncode == 0
    assert f"FINGERPOST_INSTANCE={tmp_path}" in done.stdout
    assert "MASTER_KEY=(set)" in done.stdout


def test_an_ipv6_host_makes_a_whole_address(tmp_path: Path) -> None:
    config = read_config({"FINGERPOST_INSTANCE": str(tmp_path), "HOST": "::1"})
    assert config.base_url == "http://[::1]:8000"


@pytest.mark.parametrize(
    "url",
    ["tsa", "ftp://tsa.example.org", "http://", "http://me:hush@tsa.example.org", "http://a:b"],
)
def test_what_is_no_timestamp_server(tmp_path: Path, url: str) -> None:
    (sentence,) = faults(tmp_path, TIMESTAMP_URL=url)
    assert sentence.startswith("TIMESTAMP_URL is not an address")
    assert "hush" not in sentence


def test_a_timestamp_server_may_speak_plain_http(tmp_path: Path) -> None:
    for url in ("http://timestamp.example.org/tsa?a=b", "https://timestamp.example.org:8443", ""):
        environment = {"FINGERPOST_INSTANCE": str(tmp_path), "TIMESTAMP_URL": url}
        assert read_config(environment).timestamp_url == url
    (sentence,) = faults(tmp_path, TIMESTAMP_CA_FILE="no/such.pem")
    assert sentence.startswith("TIMESTAMP_CA_FILE=no/such.pem is not a file")
