"""Every variable is explained in docs/configuration.md and offered in .env.example."""

import re

from config import Config, shown
from tests.guards.code import ROOT


def variables(config: Config) -> set[str]:
    """The names that read_config() knows."""
    return set(shown(config))


def test_each_variable_has_a_heading_and_each_heading_a_variable(config: Config) -> None:
    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    explained = re.findall(r"^### `([A-Z_]+)`$", text, flags=re.MULTILINE)
    assert len(explained) == len(set(explained))
    assert set(explained) == variables(config)


def test_the_example_offers_each_variable_and_sets_none(config: Config) -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    offered = {match[1] for line in lines if (match := re.match(r"# ([A-Z_]+)=", line))}
    assert offered == variables(config)
    assert [line for line in lines if line and not line.startswith("#")] == []


def test_show_names_each_field_of_config(config: Config) -> None:
    fields = {name.upper() for name in Config.__dataclass_fields__} - {"INSTANCE"}
    assert fields | {"FINGERPOST_INSTANCE"} == variables(config)
