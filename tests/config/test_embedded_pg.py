"""The embedded PostgreSQL: started, taken up again, recovered, stopped."""

import os
import signal
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config.embedded_pg import SOCKET_NAME, Cluster, Unavailable, command_line, private_folder, socket_folder


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    made = Cluster(tmp_path_factory.mktemp("données de la base"), durable=False)
    made.start()
    yield made
    made.stop()


def answer(cluster: Cluster, statement: str) -> object:
    with psycopg.connect(cluster.addresses()["DATABASE_URL"]) as connection:
        row = connection.execute(statement).fetchone()  # type: ignore[arg-type]
        return row and row[0]


def test_it_is_taken_up_when_it_already_runs(cluster: Cluster) -> None:
    cluster.start()
    pid = cluster.running_pid()
    assert Cluster(cluster.home).start() is False
    assert cluster.running_pid() == pid


def test_data_survives_kill_9(cluster: Cluster) -> None:
    cluster.start()
    cluster.sql("create table if not exists kept (n int); insert into kept values (1)")
    pid = cluster.running_pid()
    assert pid
    os.kill(pid, signal.SIGKILL)
    assert cluster.start() is True
    assert cluster.sql("select count(*) > 0 from kept", tuples_only=True).strip() == "t"


def test_a_pid_that_is_now_someone_elses_is_not_believed(cluster: Cluster) -> None:
    cluster.stop()
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n")
    assert cluster.running_pid() is None
    assert cluster.start() is True


def test_an_interrupted_initialisation_is_done_again(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path, durable=False)
    (tmp_path / "postgres" / "data.unfinished").mkdir(parents=True)
    (tmp_path / "postgres" / "data.unfinished" / "half").touch()
    with cluster.running():
        assert answer(cluster, "select 1") == 1
    assert cluster.running_pid() is None


def test_it_stops_only_when_its_last_user_leaves(cluster: Cluster) -> None:
    other = Cluster(cluster.home, durable=False)
    with cluster.running():
        with other.running():
            pass
        assert cluster.running_pid()
    assert cluster.running_pid() is None


def test_a_password_is_asked_for(cluster: Cluster) -> None:
    cluster.start()
    url = cluster.addresses()["DATABASE_URL"].replace(cluster.secrets()["app"], "wrong")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url)


def test_secrets_and_socket_are_for_their_owner_only(cluster: Cluster) -> None:
    cluster.start()
    assert stat.S_IMODE((cluster.home / "secrets.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(cluster.sockets.stat().st_mode) == 0o700
    assert stat.S_IMODE((cluster.sockets / SOCKET_NAME).stat().st_mode) == 0o700


def test_accents_fold_whatever_the_locale_of_the_machine(cluster: Cluster) -> None:
    cluster.start()
    assert answer(cluster, "select lower('ÉCOLE')") == "école"


def test_a_long_checkout_gets_a_short_private_socket_folder(tmp_path: Path) -> None:
    folder = socket_folder(tmp_path / ("n" * 110))
    assert len(os.fsencode(folder / SOCKET_NAME)) < 104
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.rmdir()


def test_a_folder_behind_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(Unavailable, match="appartient à quelqu’un d’autre"):
        private_folder(tmp_path / "link")


def test_a_dead_process_has_no_command_line() -> None:
    with subprocess.Popen(["true"]) as process:
        process.wait()
        assert command_line(process.pid) == ""
