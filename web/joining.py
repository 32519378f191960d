"""One file out of many small ones: on a poor Wi-Fi each request costs more than its bytes."""

import re
from pathlib import Path

# Only the forms that our modules and the vendored ones use; a test finds any other.
IMPORT = re.compile(r'^import (?:\{([^}]*)\}|\* as (\w+)) from "([^"]+)";\n', re.MULTILINE)
EXPORTED = re.compile(r"^export (?:async function|function|const|class) (\w+)", re.MULTILINE)
EXPORT_WORD = re.compile(r"^export (?=async|function|const|class)", re.MULTILINE)
EXPORT_LIST = re.compile(r"\bexport\s*\{([^}]*)\};?")


class NotJoinable(Exception):
    """Modules that import each other in a circle, or in a form that is not known here."""


def join_sheets(sheets: list[Path]) -> str:
    """Style sheets one after another; each is a layer, so their order is all that counts."""
    return "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


def join_modules(entry: Path) -> str:
    """A module and all it imports as one module: each keeps a scope of its own.

    What a module imports comes before it, as in a browser. Raises NotJoinable.
    """
    order: list[Path] = []
    _visit(entry.resolve(), order, [])
    names = {file: f"module{place}" for place, file in enumerate(order)}
    return "".join(_wrapped(file, names) for file in order)


def _visit(file: Path, order: list[Path], trail: list[Path]) -> None:
    if file in trail:
        raise NotJoinable(f"{file.name} imports itself, by way of {trail[-1].name}")
    if file in order:
        return
    for found in IMPORT.finditer(file.read_text(encoding="utf-8")):
        _visit((file.parent / found[3]).resolve(), order, [*trail, file])
    order.append(file)


def _wrapped(file: Path, names: dict[Path, str]) -> str:
    text = file.read_text(encoding="utf-8")
    given = EXPORTED.findall(text)
    for listed in EXPORT_LIST.findall(text):
        given += [_pair(name, "{1}: {0}") for name in listed.split(",") if name.strip()]
    text = IMPORT.sub(lambda found: _taken(found, file, names), text)
    body = EXPORT_LIST.sub("", EXPORT_WORD.sub("", text))
    if left := re.search(r"^(import|export)\b.*", body, re.MULTILINE):
        raise NotJoinable(f"{file.name}: {left[0]}")
    return f"const {names[file]} = (() => {{\n{body}\nreturn {{ {', '.join(given)} }};\n}})();\n"


def _taken(found: re.Match[str], file: Path, names: dict[Path, str]) -> str:
    """An import, as what it is within one file: names out of an object."""
    some, everything, source = found.groups()
    module = names[(file.parent / source).resolve()]
    if everything:
        return f"const {everything} = {module};\n"
    pairs = [_pair(name, "{0}: {1}") for name in some.split(",") if name.strip()]
    return f"const {{ {', '.join(pairs)} }} = {module};\n"


def _pair(name: str, form: str) -> str:
    """ "a as b" in the form of an object's key and value; "a" as it is."""
    words = name.split()
    return form.format(words[0], words[2]) if len(words) == 3 else words[0]
