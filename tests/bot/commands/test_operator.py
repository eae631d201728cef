"""Set up companies, users and agents, and read the audit log, as the operator of the machine does (ACC-1, ACC-9)."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner, Result

from bot.audit_anchors import FILE_NAME, AuditAnchors
from bot.main import main
from services.database import Database

CLAIRE = "claire.dubois@lambert.example"
ADD_ZOE = ("user", "add", "Zoe@Neuf.example", "--name", "Zoé Neuf", "--company", "0214596464")


@pytest.fixture
def address(new_database: Callable[[], str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    address = new_database()
    monkeypatch.setenv("GUICHET_DATABASE_URL", address)
    monkeypatch.setenv("GUICHET_DATA_FOLDER", str(tmp_path))
    return address


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def sql(address: str, statement: str) -> list[Any]:
    with psycopg.connect(address) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


@pytest.mark.rule("ACC-1")
def test_first_administrator_of_a_new_company_is_set_up(address: str) -> None:
    assert "No company" in run(*ADD_ZOE).output
    assert run("company", "add", "BE 0214.596.464", "--name", "Neuf SA").exit_code == 0
    assert "was there already" in run("company", "add", "0214596464", "--name", "Neuf SA").output
    assert run(*ADD_ZOE, "--right", "users", "--right", "admin").exit_code == 0
    assert run(*ADD_ZOE, "--right", "invoices").exit_code == 0
    rows = sql(
        address,
        "SELECT email, rights FROM memberships m JOIN portal_users u ON u.id = user_id WHERE email LIKE 'zoe%'",
    )
    assert rows == [("zoe@neuf.example", ["admin", "invoices", "users"])]
    actions = [action for (action,) in sql(address, "SELECT action FROM audit ORDER BY id")]
    assert actions == ["company.add", "access.grant", "access.grant"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("company", "add", "0214596465", "--name", "x"),
        ("company", "add", "400125", "--name", "x"),
        ("user", "add", "no address", "--name", "x", "--company", "400125"),
        ("user", "add", "a@b.example", "--name", "x", "--company", "400125", "--right", "root"),
        ("agent", "remove", CLAIRE),
        ("audit", "verify", "--anchor", "rubbish"),
        ("audit", "search", "--person", "nobody@x.example"),
    ],
)
def test_wrong_argument_changes_nothing_and_says_why(address: str, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code != 0
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert sql(address, "SELECT count(*) FROM audit") == [(0,)]


def test_agent_comes_and_goes(address: str) -> None:
    email = "ann@service-centre.example"
    assert run("agent", "add", email, "--name", "Ann", "--right", "audit").exit_code == 0
    found = f"SELECT is_agent, agent_rights, left_at IS NULL FROM portal_users WHERE email = '{email}'"
    assert sql(address, found) == [(True, ["audit"], True)]
    assert run("agent", "remove", email).exit_code == 0
    assert sql(address, found) == [(False, [], False)]


@pytest.mark.rule("ACC-9")
def test_log_is_verified_searched_and_exported(address: str, tmp_path: Path) -> None:
    run("user", "add", CLAIRE, "--name", "x", "--company", "400125", "--right", "distripost")
    verified = run("audit", "verify")
    assert verified.exit_code == 0
    head = verified.output.split()[-1]
    (found,) = map(json.loads, run("audit", "search", "--person", CLAIRE).output.splitlines())
    assert (found["action"], found["person_name"]) == ("access.grant", "Claire Dubois")
    target = tmp_path / "log.jsonl"
    assert run("audit", "export", str(target)).exit_code == 0
    exported = [json.loads(line) for line in target.read_text().splitlines()]
    assert [entry["action"] for entry in exported] == ["access.grant", "audit.search", "audit.export"]
    assert "Claire" not in target.read_text()
    sql(address, "DELETE FROM audit WHERE id = 1")
    damaged = run("audit", "verify", "--anchor", head)
    assert damaged.exit_code == 1
    assert "entry 1 of the chain is missing" in damaged.output


@pytest.mark.rule("ACC-9")
async def test_anchors_outside_the_database_show_a_cut(address: str, tmp_path: Path) -> None:
    database = Database(address)
    anchors = AuditAnchors(database, tmp_path)
    await anchors.run(1_790_000_000)
    sql(
        address,
        "INSERT INTO audit (at, actor, person, subject, action, channel, detail)"
        " VALUES (now(), '', '', '', 'test', 'web', '{}')",
    )
    for _ in range(2):
        await anchors.run(1_790_000_300)
    await database.close()
    noted = [json.loads(line) for line in (tmp_path / FILE_NAME).read_text().splitlines()]
    assert [anchor["position"] for anchor in noted] == [0, 1]
    with (tmp_path / FILE_NAME).open("a") as target:
        target.write('{"position": 7, "dig')


@pytest.mark.rule("ACC-9")
def test_cut_shows_at_the_command_line(address: str, tmp_path: Path) -> None:
    run("company", "add", "0214596464", "--name", "Neuf SA")
    head = run("audit", "verify").output.split()[-1]
    position, _, digest = head.partition(":")
    (tmp_path / FILE_NAME).write_text(json.dumps({"position": int(position), "digest": digest}) + '\n{"pos')
    assert run("audit", "verify").exit_code == 0
    sql(address, "TRUNCATE audit, audit_chain; UPDATE audit_head SET position = 0, digest = ''")
    cut = run("audit", "verify")
    assert cut.exit_code == 1
    assert "its end was cut off" in cut.output
