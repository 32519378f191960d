"""When somebody signed, as nearly as the clocks allow."""

from datetime import datetime, timedelta

from records.facts import Basis, Times

# Below this it is the network's and the server's own slowness.
LATER = timedelta(minutes=2)


def times(
    device_signed_at: datetime,
    sent_at: datetime | None,
    received_at: datetime,
    paired_at: datetime,
) -> Times:
    """The device's time, corrected by how wrong its clock was when it sent; receipt if absurd.

    Absurd is: after we received it, or before the tablet was paired. A wrong clock never
    refuses a signing. Source: the record's rules in docs/records.md, "When it was signed".
    """
    offset = received_at - sent_at if sent_at is not None else None
    effective = _moved(device_signed_at, offset or timedelta())
    basis: Basis = "device" if offset is None else "corrected"
    if effective is None or not paired_at <= effective <= received_at:
        effective, basis = received_at, "receipt"
    return Times(
        device_signed_at=device_signed_at,
        sent_at=sent_at,
        received_at=received_at,
        offset_seconds=None if offset is None else offset.total_seconds(),
        effective_at=effective,
        basis=basis,
    )


def _moved(moment: datetime, by: timedelta) -> datetime | None:
    """A moment put right; None where that is outside the calendar."""
    try:
        return moment + by
    except OverflowError:
        return None


def received_later(times: Times) -> bool:
    """Whether it lay on the tablet for a while, as it does when there is no network."""
    return times.received_at - times.effective_at > LATER
