"""Many modules in one file do what they did apart."""

import subprocess
from pathlib import Path

import pytest

from tests.needs import needs
from web.assets import JOINED_SCRIPTS, STATIC
from web.joining import NotJoinable, join_modules, join_sheets

MODULES = {
    "start.js": 'import { add, NAME as name } from "./lib/sum.js";\n'
    'import * as shout from "./shout.js";\n'
    "const secret = 1;\nconsole.log(shout.loud(`${name} ${add(secret, 2)}`));\n",
    "shout.js": 'import { NAME } from "./lib/sum.js";\n'
    "const secret = NAME.length;\n"
    "export const loud = (text) => `${text.toUpperCase()} ${secret}`;\n",
    "lib/sum.js": "// A comment.\n/** Another. */\n"
    'export function add(a, b) { return a + b; }\nconst a = "sum";\n'
    "export{a as NAME};/*! Licence */\n",
}


def written(folder: Path, **changes: str) -> Path:
    for name, text in (MODULES | {f"{key}.js": text for key, text in changes.items()}).items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder / "start.js"


@needs("node")
def test_joined_modules_do_the_same_as_before(tmp_path: Path) -> None:
    joined = tmp_path / "joined.mjs"
    joined.write_text(join_modules(written(tmp_path)), encoding="utf-8")
    says = subprocess.run(["node", joined], capture_output=True, text=True, check=True).stdout
    assert says == "SUM 3 3\n"


def test_each_module_is_there_once(tmp_path: Path) -> None:
    assert join_modules(written(tmp_path)).count("function add") == 1


@pytest.mark.parametrize(
    "text",
    [
        'import { loud } from "./start.js";\nexport const NAME = loud;\n',
        'import "./shout.js";\n',
        "export default 1;\n",
    ],
    ids=["a circle", "an import for its effect", "a nameless export"],
)
def test_what_cannot_be_joined_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(NotJoinable):
        join_modules(written(tmp_path, shout=text))


@needs("node")
@pytest.mark.parametrize("piece", JOINED_SCRIPTS)
def test_our_own_modules_can_be_joined(tmp_path: Path, piece: str) -> None:
    joined = tmp_path / "joined.mjs"
    joined.write_text(join_modules(STATIC / JOINED_SCRIPTS[piece]), encoding="utf-8")
    subprocess.run(["node", "--check", joined], check=True)


def test_sheets_come_in_their_order(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.css").write_text(f"/* {name} */\n.{name} {{}}\n", encoding="utf-8")
    joined = join_sheets([tmp_path / "b.css", tmp_path / "a.css"])
    assert joined == "/* b */\n.b {}\n/* a */\n.a {}\n"
