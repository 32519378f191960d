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
CARE = Rule(
    frozenset({"owner", "manager", "dsl"}),
    "Only an owner, a manager or the safeguarding lead of this setting can do that.",
)
OWN = Rule(frozenset({"owner"}), "Only an owner of this setting can do that.")

# A manager's own sign-in, which is nobody else's business; also what is open to one who has to set
# up a second step before the desk opens again.
MINE = frozenset(
    {
        "manager.again", "manager.begin_my_app", "manager.end_device", "manager.end_devices",
        "manager.me", "manager.my_app", "manager.my_codes", "manager.my_name",
        "manager.my_password", "manager.new_passkey", "manager.new_passkey_challenge",
        "manager.remove_my_app", "manager.remove_passkey",
    }
)  # fmt: skip

# What takes much away or opens another way in: whoever has not shown for a quarter of an hour that
# it is them is asked once more first (blueprints/manager/gates.py).
AGAIN = frozenset(
    {
        "manager.ask_second_step",
        "manager.begin_my_app",
        "manager.chosen_zip",
        "manager.copy_of_person",
        "manager.erasure",
        "manager.give_role",
        "manager.handover",
        "manager.my_codes",
        "manager.new_invitation",
        "manager.new_passkey",
        "manager.organisation_list",
        "manager.pack_pdf",
        "manager.records_zip",
        "manager.register_csv",
        "manager.register_xlsx",
        "manager.remove_my_app",
        "manager.remove_passkey",
        "manager.retention",
        "manager.seen_csv",
    }
)

# Whoever may send a page's form may open the page, and a page that sends nothing may be read.
# What is otherwise stands here: the rule for looking, and the rule for sending.
EXCEPTIONS: dict[str, tuple[Rule, Rule]] = {
    **dict.fromkeys(MINE, (READ, READ)),
    "manager.account": (READ, RUN),
    "manager.ask_second_step": (OWN, OWN),
    "manager.copy_of_person": (CARE, CARE),
    "manager.declaration": (LEAD, LEAD),
    "manager.declaration_review": (LEAD, LEAD),
    "manager.declarations": (LEAD, LEAD),
    "manager.digest_switch": (READ, READ),
    "manager.draft": (RUN, RUN),
    "manager.draft_pages": (RUN, RUN),
    "manager.end_pause": (CARE, CARE),
    "manager.end_role": (OWN, OWN),
    "manager.erasure": (OWN, OWN),
    "manager.finish_handover": (OWN, OWN),
    "manager.give_role": (OWN, OWN),
    "manager.handover": (OWN, OWN),
    "manager.hold_person": (CARE, CARE),
    "manager.holidays": (READ, RUN),
    "manager.invitation": (OWN, OWN),
    "manager.left": (READ, READ),
    "manager.lift_hold": (CARE, CARE),
    "manager.new_invitation": (OWN, OWN),
    "manager.organisation_list": (RUN, RUN),
    "manager.pack_pdf": (READ, READ),
    "manager.pauses": (CARE, CARE),
    "manager.people": (READ, READ),
    "manager.people_found": (READ, READ),
    "manager.photograph": (RUN, RUN),
    "manager.privacy": (READ, RUN),
    "manager.records": (READ, READ),
    "manager.records_zip": (RUN, RUN),
    "manager.register_csv": (RUN, RUN),
    "manager.register_xlsx": (RUN, RUN),
    "manager.retention": (RUN, OWN),
    "manager.retention_years": (OWN, OWN),
    "manager.seen": (CARE, CARE),
    "manager.seen_csv": (CARE, CARE),
    "manager.send_invitation": (OWN, OWN),
    "manager.settings": (READ, RUN),
    "manager.switch_setting": (READ, READ),
    "manager.talk": (CARE, CARE),
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
        return (
            "Nobody is named as safeguarding lead yet. What people told stays locked until an "
            "owner of this setting names one."
        )
    return f"{rule.sentence} Please ask {leads}."
