"""The form macros: a label asks, an error is said twice, nothing typed becomes HTML."""

from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FileField, Form, PasswordField, RadioField, StringField
from wtforms.validators import InputRequired

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
PAGE = """{% import "components/forms.html" as forms %}
{{ forms.error_summary(form) }}{{ forms.field(form.name, autocomplete="name", class="short") }}
{{ forms.password(form.word) }}{{ forms.radios(form.lead) }}{{ forms.checkbox(form.young) }}
{{ forms.file(form.logo, ".png") }}{{ forms.submit("Send") }}"""


class Questions(Form):
    """One field of each kind."""

    name = StringField("What is your name?", [InputRequired("Type your name.")], description="All")
    word = PasswordField("Choose a password", [InputRequired("Choose a password.")])
    lead = RadioField("Are you the lead?", choices=[("yes", "Yes"), ("no", "No")])
    young = BooleanField("I am under 18")
    logo = FileField("Do you have a logo?")
    first = StringField("From which day? (optional)")
    last = StringField("Last day")


def shown(
    typed: dict[str, str] | None = None, faulty: dict[str, tuple[str]] | None = None
) -> dict[str, Element]:
    """The form's elements by id, after `typed` was sent (or nothing yet), with more faults."""
    form = Questions(formdata=MultiDict(typed) if typed is not None else None)
    if typed is not None:
        form.validate()
        form.form_errors = ["Too many tries."]
        for name, sentences in (faulty or {}).items():
            form[name].errors = sentences
    jinja = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    html = jinja.from_string(PAGE).render(form=form)
    root = html5lib.parseFragment(html, namespaceHTMLElements=False)
    found = {element.get("id", f"#{place}"): element for place, element in enumerate(root.iter())}
    return found | {"root": root}


def links(root: Element) -> dict[str, str]:
    """Where the error summary's links lead, by their words."""
    return {"".join(a.itertext()): a.get("href", "") for a in root.iter("a")}


def test_fresh_form_has_no_summary() -> None:
    page = shown()
    assert not links(page["root"])
    assert page["name"].get("aria-invalid") is None
    assert page["name"].get("aria-describedby") == "name-hint"


def test_attributes_pass_through() -> None:
    name = shown()["name"]
    assert name.get("autocomplete") == "name"
    assert name.get("class") == "input short"


def test_summary_leads_to_each_faulty_field() -> None:
    page = shown({"name": "", "lead": "perhaps"})
    leads = links(page["root"])
    assert leads["Type your name."] == "#name"
    assert leads["Choose a password."] == "#word"
    assert leads["Not a valid choice."] == "#lead-0"
    assert all(address[1:] in page for address in leads.values())


def test_a_sentence_that_stands_there_twice_says_what_it_is_about() -> None:
    faulty = dict.fromkeys(("first", "last"), ("Enter a date.",))
    leads = links(shown({"name": ""}, faulty)["root"])
    assert leads["From which day? Enter a date."] == "#first"
    assert leads["Last day: Enter a date."] == "#last"
    assert leads["Type your name."] == "#name", "once is clear enough"


def test_summary_takes_the_focus_and_says_what_concerns_the_whole_form() -> None:
    (summary,) = [e for e in shown({})["root"].iter() if e.get("role") == "alert"]
    assert summary.get("tabindex") == "-1"
    assert summary.get("autofocus") is not None
    assert "Too many tries." in "".join(summary.itertext())


@pytest.mark.parametrize("field", ["name", "word"])
def test_error_is_spoken_with_its_field(field: str) -> None:
    page = shown({"name": ""})
    assert page[field].get("aria-invalid") == "true"
    spoken = (page[field].get("aria-describedby") or "").split()
    assert f"{field}-error" in spoken
    assert all(name in page for name in spoken)


def test_a_choice_is_asked_by_its_legend() -> None:
    root = shown()["root"]
    (fieldset,) = root.iter("fieldset")
    assert "".join(next(fieldset.iter("legend")).itertext()) == "Are you the lead?"
    assert [label.get("for") for label in fieldset.iter("label")] == ["lead-0", "lead-1"]


def test_what_was_typed_stays_text() -> None:
    page = shown({"name": "\"><script>alert('x')</script>"})
    assert page["name"].get("value") == "\"><script>alert('x')</script>"
    assert not list(page["root"].iter("script"))


def test_a_password_is_never_sent_back() -> None:
    assert not shown({"word": "secret"})["word"].get("value")
