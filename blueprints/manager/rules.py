"""Which role opens which page of the desk: one list for the guard, the templates and the tests."""

from dataclasses import dataclass

from flask import abort, current_app, request

from models.managers import holders
from web.access import Desk, desk
from web.errors import error_page


@dataclass(frozen=True)
class Rule:
    """Whoever holds one of these roles may; anybody else reads the sentence."""

    roles: frozenset[str]
    sentence: str


READ = Rule(frozenset({"owner", "manager", "dsl", "chair", "auditor"}), "")
RUN = Rule(
    frozenset({"owner", "manager"}), "Only an owner or a manager of this setting can do that."
)
LEAD = Rule(frozenset({"dsl"}), "Only the safeguarding lead reads what people tell.")
WATCH = Rule(
    frozenset({"owner", "manager", "dsl"}),
    "Only an owner, a manager or the safeguarding lead of this setting looks that up.",
)
OWN = Rule(frozenset({"owner"}), "Only an owner of this setting can do that.")

# Whoever may send a page's form may open the page, and a page that sends nothing may be read.
# What is otherwise stands here: the rule for looking, and the rule for sending.
EXCEPTIONS: dict[str, tuple[Rule, Rule]] = {
    "manager.account": (READ, RUN),
    "manager.declaration": (LEAD, LEAD),
    "manager.declarations": (LEAD, LEAD),
    "manager.digest_switch": (READ, READ),
    "manager.draft": (RUN, RUN),
    "manager.draft_pages": (RUN, RUN),
    "manager.end_role": (OWN, OWN),
    "manager.finish_handover": (OWN, OWN),
    "manager.give_role": (OWN, OWN),
    "manager.handover": (OWN, OWN),
    "manager.holidays": (READ, RUN),
    "manager.invitation": (OWN, OWN),
    "manager.new_invitation": (OWN, OWN),
    "manager.people": (READ, READ),
    "manager.records_zip": (RUN, RUN),
    "manager.seen": (WATCH, WATCH),
    "manager.seen_csv": (WATCH, WATCH),
    "manager.send_invitation": (OWN, OWN),
    "manager.settings": (READ, RUN),
    "manager.switch_setting": (READ, READ),
    "manager.withdraw_invitation": (OWN, OWN),
}


def rule_of(endpoint: str, method: str) -> Rule:
    """The rule for one method of a page."""
    if endpoint in EXCEPTIONS:
        look, send = EXCEPTIONS[endpoint]
        return send if method == "POST" else look
    rules = current_app.url_map.iter_rules(endpoint)
    sends = any("POST" in (rule.methods or set()) for rule in rules)
    return RUN if sends else READ


def may(endpoint: str, method: str = "GET") -> bool:
    """Whether whoever is at the desk may open a page, or send its form: templates ask this."""
    return not desk().roles.isdisjoint(rule_of(f"manager.{endpoint}", method).roles)


def check_role() -> None:
    """Refuse what none of the roles of this desk allows, with a sentence that says who can."""
    rule = rule_of(str(request.endpoint), request.method)
    if desk().roles.isdisjoint(rule.roles):
        abort(error_page(403, _sentence(rule, desk())))


def _sentence(rule: Rule, at: Desk) -> str:
    """Whoever may not read what people tell hears whom to ask instead."""
    if rule is not LEAD:
        return rule.sentence
    leads = " or ".join(lead.email for lead in holders(at.setting, "dsl"))
    if not leads:
        return "Nobody is named as safeguarding lead yet, so there is nothing to read."
    return f"{rule.sentence} Please ask {leads}."
