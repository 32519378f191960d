"""Equal ways to read and to sign: a mark with a witness, a text read aloud, help for the young."""

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from extensions import db
from models.signings import Signing
from models.writing import writing
from records.drawing import Drawing
from tests.browser.axe import Axe
from tests.browser.conftest import LANDSCAPE, PHONE, TABLET, Server
from tests.browser.finger import Fingers
from tests.browser.tablet import NAME, AtTheTablet
from tests.cast import Cast

WITNESS = "Priya Raman"

# The browser's own edge: its voices, which take no time here and speak when a test says so.
VOICES = """(() => {
  const hear = new EventTarget();
  const voice = (name, lang, localService) => ({name, lang, localService, default: false});
  const all = %s;
  window.heard = [];
  window.cancelled = 0;
  const speech = Object.assign(hear, {
    speaking: false, now: null, there: [],
    getVoices() { return this.there; },
    speak(said) { this.now = said; this.speaking = true; window.heard.push(said.text); },
    cancel() {
      const { now } = this;
      window.cancelled += 1;
      this.now = null; this.speaking = false;
      // As Safari does: what was cut short still says that it has ended.
      setTimeout(() => now?.onend({}));
    },
  });
  Object.defineProperty(window, 'speechSynthesis', { value: speech });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  window.arrive = () => { speech.there = all; hear.dispatchEvent(new Event('voiceschanged')); };
  window.begin = () => speech.now.onstart({});
  window.fail = () => { const { now } = speech; speech.speaking = false; now.onerror({}); };
  window.next = () => { const { now } = speech; speech.speaking = false; now.onend({}); };
})()"""
LOCAL = "[voice('Far', 'en-GB', false), voice('Near', 'en_GB', true)]"
ONLY_ELSEWHERE = "[voice('Far', 'en-GB', false), voice('Nah', 'de-DE', true)]"


def to_the_signature(page: Page) -> AtTheTablet:
    somebody = AtTheTablet(page).begins().is_new().starts_to_read()
    return somebody.has_read().has_nothing_to_tell()


def last_signing(server: Server) -> Signing:
    with server.app.app_context():
        return db.session.scalars(sa.select(Signing)).one()


def with_voices(paired: Callable[..., Page], voices: str) -> AtTheTablet:
    page = paired()
    page.add_init_script(VOICES % voices)
    page.reload()
    return AtTheTablet(page).begins().is_new().starts_to_read()


@pytest.mark.parametrize("shape", [TABLET, LANDSCAPE, PHONE], ids=["portrait", "wide", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_mark_with_a_witness(
    server: Server, paired: Callable[..., Page], axe: Axe, shape: dict[str, object], scheme: str
) -> None:
    page = paired(shape, color_scheme=scheme)
    somebody = to_the_signature(page)
    page.get_by_label("Make a mark, with a witness").check()
    somebody.press("Go on")
    expect(page.get_by_role("alert").get_by_role("listitem")).to_have_count(3)
    axe.check(page)
    somebody.draws(strokes=1).has_a_witness(WITNESS)
    axe.check(page)
    somebody.goes_on()
    expect(page.get_by_text(f"{WITNESS} (Employee) saw you make your mark.")).to_be_visible()
    axe.check(page)
    somebody.signs()
    signing = last_signing(server)
    assert (signing.method, bool(signing.drawing)) == ("mark", True)


def test_a_dot_is_a_mark(server: Server, paired: Callable[..., Page]) -> None:
    """No word about too little ink: who cannot write may make as small a mark as they can."""
    page = paired()
    somebody = to_the_signature(page)
    page.get_by_label("Make a mark, with a witness").check()
    sheet = page.locator("canvas")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box is not None
    Fingers(page).tap((box["x"] + 120, box["y"] + 90))
    somebody.has_a_witness(WITNESS).goes_on().signs()
    drawing = Drawing.from_json(str(last_signing(server).drawing))
    assert sum(len(stroke) for stroke in drawing.strokes) == 1


def test_nobody_signs_under_what_would_be_refused_later(paired: Callable[..., Page]) -> None:
    """Without Wi-Fi the server says no when the person has gone and the letter is sealed."""
    page = paired()
    somebody = AtTheTablet(page).begins().is_new("--")
    page.get_by_label("What is your e-mail address?").fill("gwen@example..org")
    somebody.press("Go on").is_asked("Tell us about you")
    expect(page.get_by_role("alert")).to_contain_text("at least one letter")
    expect(page.get_by_role("alert")).to_contain_text("name@example.org")
    page.get_by_label("What is your full name?").fill(NAME)
    page.get_by_label("What is your e-mail address?").fill("")
    somebody.press("Go on").starts_to_read().has_read().has_nothing_to_tell()
    page.get_by_label("Type my name").check()
    page.get_by_label("Type your full name to sign").fill("n" * 101)
    somebody.press("Go on")
    expect(page.get_by_role("alert")).to_contain_text("at most 100 characters")


def test_nobody_is_their_own_witness(paired: Callable[..., Page]) -> None:
    page = paired()
    somebody = to_the_signature(page)
    page.get_by_label("Make a mark, with a witness").check()
    somebody.draws(strokes=1).has_a_witness(NAME.lower()).press("Go on")
    expect(page.get_by_role("alert")).to_contain_text("Your witness is somebody else")
    somebody.has_a_witness(WITNESS).goes_on()


def test_a_witness_the_server_would_not_take_is_said_at_the_field(
    server: Server, paired: Callable[..., Page], axe: Axe
) -> None:
    page = paired()
    somebody = to_the_signature(page)
    page.get_by_label("Make a mark, with a witness").check()
    somebody.draws(strokes=1).has_a_witness("Wrong").goes_on()
    somebody.is_refused("signings", {"witness": "Write the name with at least one letter."})
    somebody.press("Sign").is_asked("Not saved yet").press("Put it right")
    somebody.is_asked("Sign your name")
    name = page.get_by_label("Who saw you make your mark?")
    expect(name).to_have_value("Wrong")
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("alert")).to_be_focused()
    axe.check(page)
    somebody.has_a_witness(WITNESS).goes_on().signs()
    assert last_signing(server).method == "mark"


def test_a_name_the_server_would_not_take_is_said_at_the_field(
    server: Server, paired: Callable[..., Page]
) -> None:
    page = paired()
    somebody = AtTheTablet(page)
    somebody.is_refused("signings", {"full_name": "Write the name with at least one letter."})
    somebody.signs_by_typing("Wrong Name").is_asked("Not saved yet").press("Put it right")
    name = page.get_by_label("What is your full name?")
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("alert")).to_be_focused()


def test_the_mark_stays_when_the_way_changes(paired: Callable[..., Page]) -> None:
    """Drawing and marking share the sheet, and what was typed for one way is not lost."""
    page = paired()
    somebody = to_the_signature(page).draws()
    page.get_by_label("Make a mark, with a witness").check()
    somebody.has_a_witness(WITNESS)
    page.get_by_label("Type my name").check()
    page.get_by_label("Draw my name").check()
    somebody.goes_on()
    expect(page.get_by_text("saw you make your mark")).to_be_hidden()
    page.get_by_role("button", name="Change your signature").tap()
    page.get_by_label("Make a mark, with a witness").check()
    expect(page.get_by_label("Who saw you make your mark?")).to_have_value(WITNESS)


def test_read_aloud_block_by_block(server: Server, paired: Callable[..., Page], axe: Axe) -> None:
    somebody = with_voices(paired, LOCAL)
    page = somebody.page
    button = page.get_by_role("button", name="Read aloud")
    expect(button).to_be_hidden()
    page.evaluate("arrive()")
    button.tap()
    expect(page.get_by_role("button", name="Stop reading aloud")).to_be_visible()
    spoken = page.locator("[aria-current]")
    expect(spoken).to_have_count(1)
    assert page.evaluate("speechSynthesis.now.voice.name") == "Near"
    page.evaluate("begin()")
    axe.check(page)
    for _ in range(12):
        expect(spoken).to_have_text(page.evaluate("heard.at(-1)"), use_inner_text=True)
        page.evaluate("next()")
    while page.evaluate("speechSynthesis.speaking"):
        page.evaluate("next()")
    expect(button).to_be_visible()
    expect(spoken).to_have_count(0)
    text = page.locator("[data-text]")
    shown = re.sub(r"Section \d+ of \d+", " ", text.inner_text())
    assert re.sub(r"\s+", "", "".join(page.evaluate("heard"))) == re.sub(r"\s+", "", shown)


def test_pause_is_stop_and_goes_on_from_there(paired: Callable[..., Page]) -> None:
    somebody = with_voices(paired, LOCAL)
    page = somebody.page
    page.evaluate("arrive()")
    somebody.press("Read aloud")
    page.evaluate("next()")
    second = page.evaluate("heard.at(-1)")
    somebody.press("Stop reading aloud")
    page.evaluate("() => new Promise((done) => setTimeout(done, 50))")
    assert page.evaluate("[speechSynthesis.speaking, heard.length]") == [False, 2]
    expect(page.locator("[aria-current]")).to_have_count(0)
    somebody.press("Read aloud")
    assert page.evaluate("heard.slice(1)") == [second, second]


def test_speech_ends_with_the_step(paired: Callable[..., Page]) -> None:
    somebody = with_voices(paired, LOCAL)
    page = somebody.page
    page.evaluate("arrive()")
    somebody.press("Read aloud").has_read()
    assert page.evaluate("[speechSynthesis.speaking, heard.length]") == [False, 1]


def test_whoever_listens_is_there(paired: Callable[..., Page]) -> None:
    """A text that is read aloud takes longer than three minutes, and nobody touches the glass."""
    page = paired()
    page.clock.install()
    somebody = with_voices(lambda: page, LOCAL)
    page.evaluate("arrive()")
    somebody.press("Read aloud")
    page.clock.run_for(400_000)
    question = page.get_by_role("alertdialog", name="Are you still there?")
    expect(question).to_be_hidden()
    somebody.press("Stop reading aloud")
    page.clock.run_for(185_000)
    expect(question).to_be_visible()
    page.clock.run_for(30_000)
    somebody.is_asked("Bluebells")


def test_speech_ends_when_everything_is_cleared(paired: Callable[..., Page]) -> None:
    somebody = with_voices(paired, LOCAL)
    page = somebody.page
    page.evaluate("arrive()")
    somebody.press("Read aloud").press("Stop").press("Yes, stop and clear").is_asked("Bluebells")
    assert page.evaluate("speechSynthesis.speaking") is False


def test_speech_ends_when_the_page_is_left(paired: Callable[..., Page]) -> None:
    somebody = with_voices(paired, LOCAL)
    page = somebody.page
    page.evaluate("arrive()")
    somebody.press("Read aloud")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.evaluate("speechSynthesis.speaking") is False


@pytest.mark.parametrize("begun", [True, False], ids=["begun", "failed"])
def test_the_record_says_read_aloud_only_when_a_voice_began(
    paired: Callable[..., Page], begun: bool
) -> None:
    somebody = with_voices(paired, LOCAL)
    page = somebody.page
    page.evaluate("arrive()")
    somebody.press("Read aloud")
    if begun:
        page.evaluate("begin()")
    else:
        page.evaluate("fail()")
        expect(page.get_by_role("button", name="Read aloud")).to_be_visible()
    somebody.has_read().has_nothing_to_tell()
    page.evaluate(SEE_WHAT_IS_SEALED)
    page.route("**/kiosk/signings/*", lambda route: route.abort())
    page.get_by_label("Type my name").check()
    page.get_by_label("Type your full name to sign").fill(NAME)
    somebody.goes_on().press("Sign").is_asked("Kept safely")
    assert page.evaluate("window.sealed.reading.read_aloud") is begun


# What the page seals, seen where the browser encrypts it: nothing of ours is replaced.
SEE_WHAT_IS_SEALED = """() => {
  const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
  crypto.subtle.encrypt = (how, key, text) => {
    window.sealed = JSON.parse(new TextDecoder().decode(text));
    return encrypt(how, key, text);
  };
  return true;
}"""


def test_without_a_voice_of_its_own_the_tablet_offers_none(paired: Callable[..., Page]) -> None:
    somebody = with_voices(paired, ONLY_ELSEWHERE)
    somebody.page.evaluate("arrive()")
    expect(somebody.page.get_by_role("button", name="Read aloud")).to_be_hidden()


def test_who_is_under_18_is_told_kindly(
    server: Server, paired: Callable[..., Page], axe: Axe
) -> None:
    kindly = "A grown-up you trust may read this with you."
    page = paired()
    to_the_signature(page)
    expect(page.get_by_text(kindly)).to_be_hidden()
    with server.app.app_context(), writing():
        Cast().sian.under_18 = True
    page.reload()
    somebody = AtTheTablet(page).begins().finds_their_name("sian", "Siân L")
    somebody.starts_to_read().has_read().has_nothing_to_tell()
    expect(page.get_by_text(kindly)).to_be_visible()
    axe.check(page)


def test_an_ipads_tab_asks_for_the_home_screen_first(
    server: Server, open_page: Callable[..., Page], axe: Axe
) -> None:
    page = open_page(TABLET)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))
    page.add_init_script("Object.defineProperty(navigator, 'standalone', {value: false})")
    page.goto(f"{server.address}/kiosk/")
    somebody = AtTheTablet(page).is_asked("Connect this tablet")
    expect(page.get_by_role("heading", name="First put it on the Home Screen")).to_be_visible()
    axe.check(page)
    assert "POST" not in asked
    expect(page.locator(".code.large")).to_be_hidden()
    somebody.press("Connect it here all the same")
    expect(page.locator(".code.large")).to_be_visible()
    axe.check(page)


def test_an_ipads_home_screen_shows_the_code(
    server: Server, open_page: Callable[..., Page]
) -> None:
    page = open_page(TABLET)
    page.add_init_script("Object.defineProperty(navigator, 'standalone', {value: true})")
    page.goto(f"{server.address}/kiosk/")
    expect(page.locator(".code.large")).to_be_visible()
    expect(page.get_by_role("button", name="Connect it here all the same")).to_be_hidden()


def test_a_mark_by_keyboard(server: Server, paired: Callable[..., Page]) -> None:
    """Only the mark itself is made by hand; everything around it is reached by Tab."""
    page = paired()
    somebody = to_the_signature(page).draws(strokes=1)
    page.get_by_label("Draw my name").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Make a mark, with a witness")).to_be_checked()
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "sign-witness":
            break
    page.keyboard.type(WITNESS)
    page.keyboard.press("Tab")
    page.keyboard.type("Employee")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    somebody.is_asked("Check and sign")
    expect(page.get_by_text(f"{WITNESS} (Employee) saw you make your mark.")).to_be_visible()
