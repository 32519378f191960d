"""Ten codes on paper that stand in for a lost phone; each works once, and only hashes are kept."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import clock
from backends.database import Base
from extensions import db
from models.authenticators import CodeNotRight
from models.base import Identified, Made

HOW_MANY = 10
# Crockford's letters: none that is taken for another. Twelve of them are sixty random bits.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
MEANT = str.maketrans("OIL", "011", " -")


class RecoveryCode(Identified, Made, Base):
    """One code of a manager's newest set."""

    __tablename__ = "recovery_codes"

    manager_id: Mapped[UUID] = mapped_column(sa.ForeignKey("managers.id"), index=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    used_at: Mapped[datetime | None]


def new_codes(manager_id: UUID) -> list[str]:
    """Make a set inside writing(), and give it to be shown once; the older set is gone."""
    forget_codes(manager_id)
    codes = ["".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(HOW_MANY)]
    db.session.add_all(
        RecoveryCode(manager_id=manager_id, code_hash=_hash(manager_id, code)) for code in codes
    )
    return ["-".join(code[i : i + 4] for i in range(0, LENGTH, 4)) for code in codes]


def forget_codes(manager_id: UUID) -> None:
    """Take every code away, inside writing()."""
    db.session.execute(sa.delete(RecoveryCode).where(RecoveryCode.manager_id == manager_id))


def take_recovery_code(manager_id: UUID, typed: str) -> None:
    """Use a code up, inside writing(), or raise CodeNotRight."""
    code = db.session.scalar(
        sa.select(RecoveryCode)
        .where(
            RecoveryCode.manager_id == manager_id,
            RecoveryCode.code_hash == _hash(manager_id, tidy(typed)),
            RecoveryCode.used_at.is_(None),
        )
        .with_for_update()
    )
    if code is None:
        raise CodeNotRight
    code.used_at = clock.now()


def codes_left(manager_id: UUID) -> int:
    """How many of the newest set are unused."""
    rows = sa.select(sa.func.count()).select_from(RecoveryCode)
    unused = rows.where(RecoveryCode.manager_id == manager_id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(unused) or 0


def tidy(typed: str) -> str:
    """The code that was meant: small letters, spaces and look-alikes are fine."""
    return typed.upper().translate(MEANT)


def _hash(manager_id: UUID, code: str) -> str:
    return hashlib.sha256(f"{manager_id}:{code}".encode()).hexdigest()
