"""The service worker: what it keeps is exactly what the tablet's page needs."""

import json
import re

import pytest
from flask.testing import FlaskClient

from web.assets import edition


def shell_of(client: FlaskClient) -> dict[str, object]:
    """What the worker is told to keep."""
    code = client.get("/service-worker.js").get_data(as_text=True)
    first, _rest = code.split(";\n", 1)
    found: dict[str, object] = json.loads(first.removeprefix("const SHELL = "))
    return found


def test_the_worker_may_only_look_after_the_tablets_page(raw_client: FlaskClient) -> None:
    answer = raw_client.get("/service-worker.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Service-Worker-Allowed"] == "/kiosk/"


def test_everything_the_page_names_is_kept_and_can_be_had(raw_client: FlaskClient) -> None:
    document = raw_client.get("/kiosk/").get_data(as_text=True)
    files = shell_of(raw_client)["files"]
    named = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', document))
    assert named
    assert set(files) == named | {"/kiosk/"}
    for file in files:
        assert raw_client.get(file).status_code == 200, file


def test_nothing_the_server_answers_about_people_is_ever_kept(raw_client: FlaskClient) -> None:
    files = shell_of(raw_client)["files"]
    assert [file for file in files if not file.startswith("/static/")] == ["/kiosk/"]


def test_a_first_visit_takes_few_requests(raw_client: FlaskClient) -> None:
    # Besides these: the manifest, the bundle and the worker itself.
    assert len(shell_of(raw_client)["files"]) <= 8


def test_the_same_page_is_the_same_edition(raw_client: FlaskClient) -> None:
    assert shell_of(raw_client) == shell_of(raw_client)


def test_any_change_to_a_page_is_a_new_edition(
    raw_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shell_of(raw_client)
    monkeypatch.setattr("web.shell.render_template", lambda name: "<h1>Another page</h1>")
    assert shell_of(raw_client)["edition"] != before["edition"]


@pytest.mark.parametrize("piece", ["kiosk.js", "app.js", "kiosk.css", "page.css"])
def test_the_joined_files_are_kept_for_ever(raw_client: FlaskClient, piece: str) -> None:
    answer = raw_client.get(f"/static/{edition()}/joined/{piece}")
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    older = raw_client.get(f"/static/000000000000/joined/{piece}")
    assert older.headers["Cache-Control"] == "no-cache"


def test_there_are_no_other_joined_files(raw_client: FlaskClient) -> None:
    assert raw_client.get(f"/static/{edition()}/joined/desk.js").status_code == 404
