"""docs/rules.md leads from each rule to its functions, cases and screen; none is missing."""

import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "rules.md").read_text()
SECTIONS = dict(re.findall(r"^### (R\d+) (.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))
RULES = [f"R{number}" for number in range(1, len(SECTIONS) + 1)]


def listed(rule: str, line: str) -> list[str]:
    found = re.search(rf"^- {line}: (.+)$", SECTIONS[rule], re.MULTILINE)
    assert found, f"{rule} has no line “{line}”"
    return re.findall(r"`([^`]+)`", found[1])


def test_every_rule_stands_there_once():
    assert list(SECTIONS) == RULES


def test_every_rule_that_the_code_names_has_its_entry():
    sources = (path.read_text() for path in (ROOT / "pwa" / "rules").rglob("*.py"))
    named = {rule for source in sources for rule in re.findall(r"\bR\d+\b", source)}
    assert named - set(SECTIONS) == set()


@pytest.mark.parametrize("rule", RULES)
def test_its_functions_exist_and_one_of_them_names_it(rule):
    docstrings = []
    for name in listed(rule, "Decides"):
        module, _, function = name.rpartition(".")
        home = importlib.import_module(f"pwa.rules.{module}")
        docstrings += [getattr(home, function).__doc__, home.__doc__]
    assert any(re.search(rf"\b{rule}\b", words or "") for words in docstrings), rule


@pytest.mark.parametrize("rule", RULES)
def test_its_cases_exist(rule):
    for name in listed(rule, "Cases"):
        file, _, case = name.partition("::")
        assert re.search(rf"^def {case}\(", (ROOT / file).read_text(), re.MULTILINE), name


@pytest.mark.parametrize("rule", RULES)
def test_its_screen_says_so(rule):
    (file,) = listed(rule, "Screen")
    (words,) = re.findall(r"“(.+)”", SECTIONS[rule].rpartition("- Screen:")[2])
    assert words in (ROOT / file).read_text(), words
