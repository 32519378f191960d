#!/usr/bin/env python3
"""Copy the pinned npm files into the tree, or check that they are still the ones we took.

A package that comes as many small modules is joined into one file by the pinned esbuild.
"""

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
    """What the manifest remembers of one copied file."""
    return locked(root, package_of(source)) | {"source": source, "sha384": sha384(root / target)}


def bundle_entry(root: Path, bundle: dict[str, Any], target: str) -> dict[str, Any]:
    """What the manifest remembers of one joined file: whose code is in it, and who joined it."""
    inside = [locked(root, package) for package in bundle["inside"]]
    by = f"esbuild {locked(root, 'esbuild')['version']}"
    remembered = {"takes": bundle["takes"], "inside": inside, "joined_by": by}
    return locked(root, bundle["package"]) | remembered | {"sha384": sha384(root / target)}


def locked(root: Path, package: str) -> dict[str, str]:
    """A package as package-lock.json pins it."""
    found = read(root / "package-lock.json")["packages"][f"node_modules/{package}"]
    return {
        "package": package,
        "version": found["version"],
        "licence": found["license"],
        "tarball": found["integrity"],
    }


def listed(root: Path, plan: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Every vendored file that is there, as the manifest should remember it."""
    copied = {to: entry(root, source, to) for source, to in plan["files"].items() if _is(root, to)}
    joined = {to: bundle_entry(root, it, to) for to, it in plan["bundles"].items() if _is(root, to)}
    return copied | joined


def copy(root: Path) -> None:
    """Fetch what the lock names, run none of its scripts, copy and join, write the list."""
    subprocess.run(
        ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=root, check=True
    )
    plan = read(root / "vendor.json")
    for source, target in plan["files"].items():
        (root / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / "node_modules" / source, root / target)
    for target, bundle in plan["bundles"].items():
        join(root, bundle, target)
    text = json.dumps(listed(root, plan), indent=2, sort_keys=True) + "\n"
    (root / plan["manifest"]).write_text(text, encoding="utf-8")


def join(root: Path, bundle: dict[str, Any], target: str) -> None:
    """One module out of a package's many, with only the exports we take."""
    wanted = f'export {{ {", ".join(bundle["takes"])} }} from "{bundle["package"]}";'
    options = ["--bundle", "--format=esm", "--minify", "--target=es2022", f"--outfile={target}"]
    subprocess.run(
        ["node_modules/.bin/esbuild", *options, "--log-level=warning"],
        cwd=root, input=wanted, text=True, check=True,
    )  # fmt: skip


def faults(root: Path) -> list[str]:
    """A sentence for each vendored file that is not what the lock and the manifest say."""
    plan = read(root / "vendor.json")
    manifest = root / plan["manifest"]
    remembered, real = read(manifest), listed(root, plan)
    targets = [*plan["files"].values(), *plan["bundles"]]
    found = []
    for target in targets:
        if target not in real:
            found.append(f"{target} is missing; run bin/vendor.py.")
        elif remembered.get(target) != real[target]:
            found.append(f"{target} differs from the manifest or the lock; run bin/vendor.py.")
    expected = {root / target for target in targets} | {manifest}
    folders = {(root / target).parent for target in targets}
    for folder in sorted(folder for folder in folders if folder.is_dir()):
        strangers = sorted(set(folder.iterdir()) - expected)
        found += [f"{path.relative_to(root)} is not in vendor.json." for path in strangers]
    return found


def _is(root: Path, target: str) -> bool:
    return (root / target).is_file()


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
