"""Each record is in one manifest, in order, and no day without news has one."""

import hashlib
from datetime import UTC, date, datetime, timedelta

import orjson
import sqlalchemy as sa
from hypothesis import HealthCheck, given
from hypothesis import settings as at_most
from hypothesis import strategies as st

import clock
from extensions import db
from models.base import new_id
from models.events import BEGINNING, begin_history, current_head, happened
from models.manifests import Manifest, manifests_until
from models.outbox import OutboxItem
from models.settings import Setting
from models.writing import writing
from records.manifest import make_manifest
from tests.cast import Cast

FIRST = datetime(2026, 11, 23, 9, tzinfo=UTC)
ZONE = "Europe/London"


def new_setting() -> Setting:
    """A setting with nothing in it."""
    setting = Setting(slug=f"s-{new_id().hex}", name="Daisies")
    with writing():
        db.session.add(setting)
        db.session.flush()
        begin_history(setting.id)
    return setting


def seal(setting: Setting, at: datetime) -> str:
    """The event of one more record; gives its hash."""
    ids = {"record": str(new_id()), "code": new_id().hex[:16], "record_sha256": new_id().hex * 2}
    with clock.set_to(at), writing():
        happened(setting.id, "signing.sealed", ids)
    return ids["record_sha256"]


def made(setting: Setting, at: datetime) -> Manifest | None:
    with clock.set_to(at):
        return make_manifest(setting.id, setting.time_zone)


def listed(manifest: Manifest) -> list[str]:
    return [one["sha256"] for one in orjson.loads(manifest.body)["records"]]


def test_a_manifest_says_what_was_filed_and_nobodys_name(cast: Cast) -> None:
    setting = new_setting()
    first, second = seal(setting, FIRST), seal(setting, FIRST + timedelta(hours=14, minutes=59))
    third = seal(setting, FIRST + timedelta(hours=16))
    manifest = made(setting, FIRST + timedelta(hours=17))
    assert manifest is not None
    assert (manifest.number, manifest.day, manifest.sequence) == (1, date(2026, 11, 23), 2)
    assert manifest.sha256 == hashlib.sha256(manifest.body).hexdigest()
    says = orjson.loads(manifest.body)
    assert manifest.body == orjson.dumps(says, option=orjson.OPT_SORT_KEYS)
    assert says.keys() == {"before", "day", "format", "head", "number", "records", "setting"}
    assert (says["before"], says["day"], says["format"]) == (BEGINNING, "2026-11-23", 1)
    assert says["head"] == {"hash": manifest.hash, "sequence": 2}
    assert listed(manifest) == [first, second]
    assert says["records"][0].keys() == {"code", "record", "sequence", "sha256"}
    following = made(setting, FIRST + timedelta(days=2))
    assert following is not None
    assert (following.number, following.day) == (2, date(2026, 11, 24))
    assert orjson.loads(following.body)["before"] == manifest.sha256
    assert listed(following) == [third]


def test_a_quiet_day_has_none_and_a_day_has_one(cast: Cast) -> None:
    setting = new_setting()
    assert made(setting, FIRST) is None
    seal(setting, FIRST)
    assert made(setting, FIRST + timedelta(hours=1)) is None, "the day is not over"
    assert made(setting, FIRST + timedelta(days=1)) is not None
    for day in (1, 2, 3):
        assert made(setting, FIRST + timedelta(days=day)) is None
    seal(setting, FIRST + timedelta(days=3))
    assert made(setting, FIRST + timedelta(days=9)) is not None
    with writing():
        happened(setting.id, "test.something", {})
    assert made(setting, clock.now() + timedelta(days=1)) is not None, "an event is news as well"


def test_each_waits_for_its_timestamp(cast: Cast) -> None:
    setting = new_setting()
    seal(setting, FIRST)
    made(setting, FIRST + timedelta(days=1))
    rows = sa.select(OutboxItem).where(OutboxItem.setting_id == setting.id)
    (item,) = db.session.scalars(rows)
    assert (item.kind, item.about) == ("stamp", "2026-11-23")


def test_a_clock_that_ran_ahead_keeps_nothing_back(cast: Cast) -> None:
    setting = new_setting()
    ahead = seal(setting, FIRST + timedelta(days=900))
    seal(setting, FIRST)
    manifest = made(setting, FIRST + timedelta(days=1))
    assert manifest is not None
    assert ahead in listed(manifest)
    made(setting, FIRST + timedelta(days=950))
    later = seal(setting, FIRST + timedelta(days=2))
    manifest = made(setting, FIRST + timedelta(days=3))
    assert manifest is not None
    assert listed(manifest) == [later]


def test_one_setting_knows_nothing_of_another(cast: Cast) -> None:
    one, other = new_setting(), new_setting()
    seal(one, FIRST)
    assert made(other, FIRST + timedelta(days=1)) is None


STEPS = st.lists(
    st.tuples(st.integers(-300, 3000), st.sampled_from(["seal", "seal", "other", "make"])),
    max_size=30,
)


@given(STEPS)
@at_most(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_each_record_is_in_exactly_one_and_in_order(
    cast: Cast, steps: list[tuple[int, str]]
) -> None:
    """Whatever happens in between, a clock that is put back by some hours included."""
    setting, now, filed = new_setting(), FIRST, list[str]()
    for minutes, act in steps:
        now += timedelta(minutes=minutes)
        if act == "seal":
            filed.append(seal(setting, now))
        elif act == "make":
            made(setting, now)
        else:
            with clock.set_to(now), writing():
                happened(setting.id, "test.other", {})
    made(setting, now + timedelta(days=40))
    manifests = manifests_until(setting.id, 10**9)
    assert [one for manifest in manifests for one in listed(manifest)] == filed
    assert [manifest.number for manifest in manifests] == list(range(1, len(manifests) + 1))
    before = BEGINNING
    for manifest in manifests:
        assert orjson.loads(manifest.body)["before"] == before
        before = hashlib.sha256(manifest.body).hexdigest()
    head = current_head(setting.id)
    if head.sequence:
        assert (manifests[-1].sequence, manifests[-1].hash) == head
