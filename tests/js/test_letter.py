"""What the tablet's page seals, the server opens: the two sides of HPKE agree."""

import base64
import json
import subprocess
from pathlib import Path
from uuid import UUID

import pytest

from models.base import new_id
from models.keys import current_key
from records.body import NotJson
from records.inbox import open_letter
from tests.cast import Cast
from tests.needs import needs

SEALER = Path(__file__).parent / "letter.mjs"
TEXT = '{"full_name": "Siân Łukasz 陳 🐝"}'

pytestmark = needs("node")


def sealed(cast: Cast, signing_id: UUID) -> bytes:
    public = current_key("inbox", cast.bluebells.id).public or b""
    given = {"publicKey": base64.b64encode(public).decode(), "id": str(signing_id), "text": TEXT}
    done = subprocess.run(
        ["node", SEALER], input=json.dumps(given).encode(), capture_output=True, check=True
    )
    return done.stdout


def test_the_server_opens_what_the_page_sealed(cast: Cast) -> None:
    signing_id = new_id()
    letter = sealed(cast, signing_id)
    assert TEXT.encode() not in letter
    assert open_letter(cast.bluebells.id, signing_id, letter).decode() == TEXT


def test_nobody_else_opens_it_and_no_other_id_fits(cast: Cast) -> None:
    signing_id = new_id()
    letter = sealed(cast, signing_id)
    with pytest.raises(NotJson):
        open_letter(cast.owls.id, signing_id, letter)
    with pytest.raises(NotJson):
        open_letter(cast.bluebells.id, new_id(), letter)
