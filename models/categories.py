"""The kinds of people who sign, in the order a form shows them."""

CATEGORIES: dict[str, str] = {
    "employee": "Employee",
    "bank_staff": "Bank staff",
    "agency_worker": "Agency worker",
    "volunteer": "Volunteer",
    "parent_helper": "Parent helper",
    "committee_member": "Committee member",
    "student": "Student on placement",
    "visitor": "Visitor",
}

# These people are sent by somebody: an agency or a college, which is part of who they are.
SENT_BY_AN_ORGANISATION = frozenset({"agency_worker", "student"})
