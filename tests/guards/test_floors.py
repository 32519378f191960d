"""Imports go downwards only, doors do not meet, and heavy libraries stay behind their module."""

import subprocess
import sys

import pytest

from tests.guards.code import FLOOR_OF, ROOT, Module, product

# What belongs to a request; the floors from settings downwards take plain values instead.
OF_A_REQUEST = {"request", "session", "g", "url_for", "render_template", "flash", "redirect"}
HEAVY = ("weasyprint", "pyhanko", "pikepdf")
# Heavy as well, and wanted once in a while: what papers, passkeys, logos and calendars need.
ELSEWHEN = ("fontTools", "pdfminer", "lxml", "webauthn", "OpenSSL", "cbor2", "icalendar", "PIL")


def may_import(module: Module, other: str) -> bool:
    """Whether the house lets one module import another (anything outside the house is free)."""
    target = other.split(".")[0]
    if target not in FLOOR_OF:
        return True
    if module.package == target:
        return _same_door(module.name, other)
    here, there = FLOOR_OF[module.package], FLOOR_OF[target]
    # The lowest floor is one room: extensions names the back-ends.
    return there > here or here == there == max(FLOOR_OF.values())


def _same_door(name: str, other: str) -> bool:
    if not name.startswith("blueprints.") or not other.startswith("blueprints."):
        return True
    return name.split(".")[1] == other.split(".")[1]


@pytest.mark.parametrize("module", product(), ids=lambda module: module.name)
def test_imports_go_downwards_and_doors_do_not_meet(module: Module) -> None:
    upwards = [other for other in module.imports() if not may_import(module, other)]
    assert not upwards, f"{module.name} may not import {upwards}"


def test_the_guard_itself_sees_a_wrong_import() -> None:
    models = next(m for m in product() if m.name == "models.people")
    kiosk = next(m for m in product() if m.name == "blueprints.kiosk.people")
    assert not may_import(models, "records.signing")
    assert not may_import(kiosk, "blueprints.manager.people")
    assert not may_import(kiosk, "commands.saying")
    assert may_import(kiosk, "models.people")


@pytest.mark.parametrize(
    "module",
    [m for m in product() if FLOOR_OF[m.package] > FLOOR_OF["web"]],
    ids=lambda module: module.name,
)
def test_domain_packages_know_no_request_session_or_form(module: Module) -> None:
    seen = [
        name
        for name in module.imports()
        if name.startswith(("flask_wtf", "wtforms"))
        or (name.startswith("flask.") and name.split(".")[1] in OF_A_REQUEST)
    ]
    wrong = [] if module.package == "extensions" else seen
    assert not wrong, f"{module.name} takes {wrong}; let the view hand over plain values"


def test_pdf_libraries_are_imported_by_records_alone() -> None:
    strangers = [
        (module.name, name)
        for module in product()
        for name in module.imports()
        if name.split(".")[0] in HEAVY and module.package != "records"
    ]
    assert not strangers


@pytest.mark.slow
def test_an_idle_server_has_not_loaded_the_heavy_libraries() -> None:
    code = "import sys, app; print(*(n for n in sys.argv[1:] if n in sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code, *HEAVY, *ELSEWHEN],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout.split() == [], "import it inside the function that needs it"
