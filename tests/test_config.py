"""Production unless told otherwise, and nothing of development where others can reach it."""

import importlib
import sys

import pytest

from config import Config, ConfigError, Development, Environment, Production, Testing


@pytest.mark.parametrize("environ", [{}, {"ROUNDS_ENV": ""}])
def test_an_empty_environment_is_production(environ):
    config = Config.from_environment(environ)
    assert config.environment is Environment.PRODUCTION
    assert not config.development
    assert not config.testing
    assert config.for_flask()["TESTING"] is False


def test_the_presets_differ_in_their_environment():
    assert [preset.environment for preset in (Production, Development, Testing)] == [
        "production",
        "development",
        "testing",
    ]


@pytest.mark.parametrize("name", ["testing", "staging", "Production"])
def test_no_other_environment_can_be_chosen(name):
    with pytest.raises(ConfigError, match="ROUNDS_ENV"):
        Config.from_environment({"ROUNDS_ENV": name})


def test_development_is_for_this_machine():
    assert Config.from_environment({"ROUNDS_ENV": "development"}).development


@pytest.mark.parametrize(
    "setting", [{"BASE_URL": "https://rounds.example"}, {"TRUSTED_PROXIES": "1"}]
)
def test_development_refuses_to_be_deployed(setting):
    with pytest.raises(ConfigError, match="this machine alone"):
        Config.from_environment({"ROUNDS_ENV": "development", **setting})


def test_a_web_server_does_not_load_a_development_setting(monkeypatch, tmp_path):
    monkeypatch.setenv("INSTANCE_PATH", str(tmp_path))
    monkeypatch.setenv("ROUNDS_ENV", "development")
    monkeypatch.delitem(sys.modules, "pwa.wsgi", raising=False)
    with pytest.raises(ConfigError, match="to serve people"):
        importlib.import_module("pwa.wsgi")


def test_a_push_host_with_a_port_means_the_host():
    config = Config.from_environment({"PUSH_ALLOWED_HOSTS": "127.0.0.1:8399,push.example"})
    assert config.push_allowed_hosts == {"127.0.0.1", "push.example"}
    assert not Config.from_environment({}).push_allowed_hosts
