"""Start the commands: help loads nothing heavy, the doctor finds what is wrong and says what to do."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr

from bot.commands.doctor import Trouble, check_database, check_folder, check_key
from bot.secrets import secret_key
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
HEAVY = (
    "sqlalchemy",
    "numpy",
    "openpyxl",
    "procrastinate",
    "psycopg",
    "starlette",
    "uvicorn",
    "babel",
    "pydantic",
)
HEAVY += ("rich", "typst", "pyhanko", "sklearn", "intents", "handlers", "services", "documents", "holidays")


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_help_imports_nothing_heavy() -> None:
    done = python(
        "import sys, resource\n"
        "from bot.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        f"print('HEAVY', [m for m in {HEAVY!r} if m in sys.modules])\n"
        "print('SECONDS', sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))\n"
    )
    last = dict(line.partition(" ")[::2] for line in done.stdout.splitlines()[-2:])
    assert last["HEAVY"] == "[]"
    assert float(last["SECONDS"]) < 0.5
    assert "doctor" in done.stdout


def test_wrong_setting_ends_a_command_with_its_name() -> None:
    done = python("from bot.main import main; main(['misses'])", GUICHET_WEB_PORT="many")
    assert done.returncode == 1
    assert "GUICHET_WEB_PORT" in done.stderr
    assert "Traceback" not in done.stderr


def test_doctor_is_content_with_a_good_house(data_folder: Path, settings: Settings, address: str) -> None:
    done = python(
        "from bot.main import main; main(['doctor'])",
        GUICHET_DATA_FOLDER=str(data_folder),
        GUICHET_DATABASE_URL=address,
    )
    assert done.returncode == 0, done.stdout
    assert [line[0] for line in done.stdout.splitlines()] == ["✓"] * 7
    assert "3 companies" in done.stdout


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://guichet:most-secret@127.0.0.1:1/guichet?connect_timeout=2",
        "nonsense",
        "mysql://root:most-secret@localhost/x",
        "postgresql://[",
    ],
)
async def test_doctor_finds_a_wrong_database_and_names_the_setting(url: str) -> None:
    with pytest.raises(Trouble, match="GUICHET_DATABASE_URL") as found:
        await check_database(Settings(database_url=SecretStr(url)))
    assert "most-secret" not in str(found.value)


async def test_doctor_finds_a_database_without_the_wall(settings: Settings, address: str) -> None:
    assert "3 companies" in await check_database(Settings(database_url=SecretStr(address)))
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("ALTER ROLE guichet_app BYPASSRLS")
        try:
            with pytest.raises(Trouble, match="row-level security"):
                await check_database(Settings(database_url=SecretStr(address)))
        finally:
            connection.execute("ALTER ROLE guichet_app NOBYPASSRLS")


async def test_doctor_finds_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    file = tmp_path / "a-file"
    file.write_text("in the way", encoding="ascii")
    for folder in (file, file / "below"):
        with pytest.raises(Trouble, match="GUICHET_DATA_FOLDER"):
            await check_folder(Settings(data_folder=folder))
    await check_folder(Settings(data_folder=tmp_path / "new"))
    assert list((tmp_path / "new").iterdir()) == []


async def test_doctor_finds_a_short_key(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="GUICHET_SECRET_KEY"):
        await check_key(Settings(data_folder=tmp_path, secret_key=SecretStr("short")))
    assert await check_key(Settings(data_folder=tmp_path, secret_key=SecretStr("x" * 32))) == "set"


async def test_doctor_finds_a_key_that_others_can_read(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path)
    assert "kept" in await check_key(settings)
    (tmp_path / "secret.key").chmod(0o644)
    with pytest.raises(Trouble, match="chmod 600"):
        await check_key(settings)


def test_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path / "new")
    key = secret_key(settings)
    assert len(key) >= 32
    assert secret_key(settings) == key
    assert (tmp_path / "new" / "secret.key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["secret.key"]


def test_doctor_names_a_setting_that_cannot_be_read() -> None:
    done = python("from bot.main import main; main(['doctor'])", GUICHET_ANSWER_HOURS="0")
    assert done.returncode == 1
    assert "GUICHET_ANSWER_HOURS" in done.stdout
