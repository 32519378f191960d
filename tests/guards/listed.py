"""tests/guards/routes.txt, read: every route, the guard in front of it, and the roles that pass."""

from dataclasses import dataclass

from tests.guards.code import ROOT

LIST = ROOT / "tests" / "guards" / "routes.txt"
ROLES = ("owner", "manager", "dsl", "chair", "auditor")
GROUPS = {
    "all": frozenset(ROLES),
    "run": frozenset({"owner", "manager"}),
    "watch": frozenset({"owner", "manager", "dsl"}),
    "lead": frozenset({"dsl"}),
    "own": frozenset({"owner"}),
}


@dataclass(frozen=True)
class Listed:
    """One line of routes.txt: who may pass is its fourth word, and with which role the fifth."""

    method: str
    rule: str
    endpoint: str
    guard: str
    group: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"

    @property
    def roles(self) -> frozenset[str]:
        """Who passes at the desk. Said here once more than in rules.py, so that one tells the
        other when it is loosened."""
        takes_post = any(line.rule == self.rule and line.method == "POST" for line in listed())
        return GROUPS[self.group or ("run" if takes_post else "all")]


def listed() -> list[Listed]:
    """The routes we know of."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return [Listed(*line.split()) for line in lines if line and not line.startswith("#")]
