#!/usr/bin/env python3
"""Copy the pinned npm files into the tree, or check that they are still the ones we took."""

import argparse
import base64
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def read(path: Path) -> Any:
    """The JSON in a file of the tree."""
    return json.loads(path.read_text(encoding="utf-8"))


def sha384(path: Path) -> str:
    """A file's hash, written the way browsers write it."""
    return "sha384-" + base64.b64encode(hashlib.sha384(path.read_bytes()).digest()).decode()


def package_of(source: str) -> str:
    """The npm package a source path belongs to; a scope counts as part of the name."""
    return "/".join(source.split("/")[: 2 if source.startswith("@") else 1])


def entry(root: Path, source: str, target: str) -> dict[str, str]:
    """What the manifest remembers of one vendored file."""
    package = package_of(source)
    locked = read(root / "package-lock.json")["packages"][f"node_modules/{package}"]
    return {
        "package": package,
        "version": locked["version"],
        "licence": locked["license"],
        "tarball": locked["integrity"],
        "source": source,
        "sha384": sha384(root / target),
    }


def copy(root: Path) -> None:
    """Fetch what the lock names, run none of its scripts, copy the named files, write the list."""
    subprocess.run(
        ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=root, check=True
    )
    plan = read(root / "vendor.json")
    for source, target in plan["files"].items():
        (root / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / "node_modules" / source, root / target)
    listed = {target: entry(root, source, target) for source, target in plan["files"].items()}
    text = json.dumps(listed, indent=2, sort_keys=True) + "\n"
    (root / plan["manifest"]).write_text(text, encoding="utf-8")


def faults(root: Path) -> list[str]:
    """A sentence for each vendored file that is not what the lock and the manifest say."""
    plan = read(root / "vendor.json")
    manifest = root / plan["manifest"]
    listed = read(manifest)
    found = []
    for source, target in plan["files"].items():
        if not (root / target).is_file():
            found.append(f"{target} is missing; run bin/vendor.py.")
        elif listed.get(target) != entry(root, source, target):
            found.append(f"{target} differs from the manifest or the lock; run bin/vendor.py.")
    folders = {(root / target).parent for target in plan["files"].values()}
    expected = {root / target for target in plan["files"].values()} | {manifest}
    for folder in sorted(folder for folder in folders if folder.is_dir()):
        strangers = sorted(set(folder.iterdir()) - expected)
        found += [f"{path.relative_to(root)} is not in vendor.json." for path in strangers]
    return found


def main() -> int:
    """Exit code 0 when every file is as listed, 1 when one is not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare; needs no Node")
    if not parser.parse_args().check:
        copy(ROOT)
    found = faults(ROOT)
    for sentence in found:
        print(sentence, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
