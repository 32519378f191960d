"""The product's own Python, parsed once for all guards."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Each floor may import the floors below it (house.md); packages of one floor do not meet.
FLOORS = (
    ("app",),
    ("blueprints", "commands"),
    ("web",),
    ("settings",),
    ("people",),
    ("agreements",),
    ("records",),
    ("renewals",),
    ("outbox",),
    ("models",),
    ("extensions", "backends", "config", "clock"),
)
FLOOR_OF = {name: number for number, names in enumerate(FLOORS) for name in names}


@dataclass(frozen=True)
class Module:
    """One product module: its dotted name, its file and its syntax tree."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def package(self) -> str:
        """The part of the house it belongs to."""
        return self.name.split(".")[0]

    def imports(self) -> Iterator[str]:
        """Every module it imports, wherever in the file the import stands."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


@lru_cache(maxsize=1)
def product() -> tuple[Module, ...]:
    """Every module on a floor of the house."""
    return tuple(_module(path) for name in FLOOR_OF for path in _files(name))


def shown_strings(module: Module) -> Iterator[str]:
    """The strings a person may read: literals, and the docstrings of exceptions."""
    silent = {
        node.body[0].value
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and not _is_exception(node)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in silent:
            yield node.value


def _files(name: str) -> list[Path]:
    if (ROOT / f"{name}.py").is_file():
        return [ROOT / f"{name}.py"]
    return sorted((ROOT / name).rglob("*.py"))


def _module(path: Path) -> Module:
    dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    return Module(dotted, path, ast.parse(path.read_text(encoding="utf-8")))


def _is_exception(node: ast.AST) -> bool:
    if not isinstance(node, ast.ClassDef):
        return False
    bases = [base.id for base in node.bases if isinstance(base, ast.Name)]
    return any(base == "Exception" or base.endswith("Error") for base in bases)
