"""Scripts, style sheets and pages without what only those who read them need."""

import re
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import rcssmin
import structlog

log = structlog.get_logger()

ROOT = Path(__file__).resolve().parent.parent
# HTML stays as whole as an editor and our own checks expect it; only space is taken out.
CAREFUL: dict[str, str | bool | int] = {
    "html-keep-quotes": True,
    "html-keep-end-tags": True,
    "html-keep-document-tags": True,
}
# Inside a layer rcssmin takes `.a :is(b)` for a property with its value, and drops the space.
WITHIN = re.compile(r"(?<=[\w\])]) (?=:[a-z])")


@lru_cache(maxsize=16)
def minified(text: str, kind: str) -> str:
    """Give the same in fewer letters; `kind` is its media type.

    For all but sheets a child does it, once: its library brings a runtime that is gone with it.
    Where the child fails the text stays as it is, and the log says so: a tablet that works comes
    before one that is small.
    """
    if kind == "text/css":
        return str(rcssmin.cssmin(WITHIN.sub(" *", text)))
    command = [sys.executable, "-m", "web.minifying", kind]
    done = subprocess.run(command, cwd=ROOT, input=text.encode(), capture_output=True, check=False)
    if done.returncode != 0:
        log.warning("not_minified", cause=f"the child ended with {done.returncode}")
        return text
    return done.stdout.decode()


def main(kind: str) -> None:
    """Minify what comes in."""
    import minify

    minify.config(CAREFUL)
    text = sys.stdin.buffer.read().decode()
    sys.stdout.buffer.write(minify.string(kind, text).encode())


if __name__ == "__main__":
    main(sys.argv[1])
