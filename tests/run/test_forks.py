"""Steps that are forks of one process."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread
from types import SimpleNamespace

import pytest

from emphasis.run import forks
from emphasis.run.forks import ForkServer, fork_steps
from support import ROOT

pytestmark = pytest.mark.skipif(not forks.POSSIBLE, reason="steps are processes of their own here")


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """The process that most tests fork from, in a folder of its own."""
    folder = tmp_path_factory.mktemp("forks")
    before = Path.cwd()
    os.chdir(folder)
    server = ForkServer()
    assert run(server, "pass") == 0
    os.chdir(before)
    yield folder, server
    server.close()


@pytest.fixture
def server(started, monkeypatch):
    folder, server = started
    monkeypatch.chdir(folder)
    for file in folder.iterdir():
        file.unlink()
    return server


HEAD = """import os, sys, time
from pathlib import Path
for stream in (1, 2): os.dup2(os.open(f"said-{stream}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
"""


def run(server, text, name="step.py"):
    """The exit status of a step, which says what it says to files."""
    script = Path(name)
    script.write_text(f"{HEAD}{text}\n", encoding="utf-8")
    return server.run(script, "/tmp")


def alive(pid):
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def wait_for(condition):
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_each_step_is_a_process_of_its_own(server):
    for name in "ab":
        program = f"import json; Path('{name}').write_text(f'{{os.getpid()}} {{os.getppid()}} {{hasattr(json, \"mark\")}}'); json.mark = 1"
        assert run(server, program) == 0
    (first, parent, _), (second, of_second, marked) = (Path(name).read_text().split() for name in "ab")
    assert len({first, second, parent, str(os.getpid())}) == 4
    assert parent == of_second
    assert marked == "False"


def test_lists_of_processes_show_the_step(server):
    program = "Path('a').write_text(Path('/proc/self/comm').read_text())"
    assert run(server, program, "tmp1a2b.theme_correlations.py") == 0
    assert Path("a").read_text() == "theme_correlati\n"


def test_steps_that_cut_tokens_have_the_dictionary_in_common(server):
    program = (
        "from emphasis.segment.vocabulary import _engine; Path('a').write_text(str(_engine.cache_info().currsize))"
    )
    for name, read in (("tmp1a2b.panel.py", "0"), ("tmp1a2b.themes.py", "1")):
        assert run(server, program, name) == 0
        assert Path("a").read_text() == read


def test_only_steps_that_there_are_share_the_dictionary():
    assert {path.stem for path in (ROOT / "scripts/steps").glob("*.py")} >= forks._CUTTING


def test_it_is_a_script_like_any(server):
    program = "class Own: pass\nimport pickle; pickle.dumps(Own())\nif __name__ == '__main__': Path('a').write_text(f'{sys.argv} {__file__}')"
    assert run(server, program) == 0
    script = str(Path("step.py").absolute())
    assert Path("a").read_text() == f"{[script]} {script}"


@pytest.mark.parametrize(
    ("program", "status", "said"),
    [
        ("pass", 0, ""),
        ("sys.exit()", 0, ""),
        ("sys.exit(3)", 3, ""),
        ("sys.exit('no room')", 1, "no room\n"),
        ("raise ValueError('odd')", 1, "ValueError: odd\n"),
        ("import no_such_module", 1, "No module named 'no_such_module'\n"),
        ("os.kill(os.getpid(), 9)", -9, ""),
        ("os.kill(os.getpid(), 11)", -11, ""),
        ("from emphasis.errors import EmphasisError; from emphasis.run import step; raise EmphasisError('x: y')", 1,
         "policy-emphasis: x: y\n"),
    ],
)  # fmt: skip
def test_how_a_step_ended_is_told(server, program, status, said):
    assert run(server, program) == status
    err = Path("said-2").read_text()
    assert err.endswith(said)
    assert bool(err) == bool(said)


def test_what_is_left_to_do_at_the_end_is_done(server):
    assert run(server, "import atexit; atexit.register(Path('a').write_text, 'x'); print('said', end='')") == 0
    assert Path("a").read_text() == "x"
    assert Path("said-1").read_text() == "said"


def test_children_of_steps_can_be_waited_for(server):
    assert run(server, "import subprocess; sys.exit(subprocess.run(['false']).returncode + 4)") == 5


def test_steps_run_at_the_same_time(server):
    program = "Path('{}').touch()\nend = time.monotonic() + 60\nwhile not Path('{}').exists(): assert time.monotonic() < end; time.sleep(.01)"
    ended = {}
    both = [
        Thread(
            target=lambda own, other: ended.update({own: run(server, program.format(own, other), f"{own}.py")}),
            args=names,
        )
        for names in ("ab", "ba")
    ]
    for one in both:
        one.start()
    for one in both:
        one.join(90)
    assert ended == {"a": 0, "b": 0}


def test_linear_algebra_has_one_thread_and_temporary_files_their_folder(server):
    program = "Path('a').write_text(os.environ['OPENBLAS_NUM_THREADS'] + os.environ['OMP_NUM_THREADS'] + os.environ['TMPDIR'])"
    assert run(server, program) == 0
    assert Path("a").read_text() == "11/tmp"
    assert server.run(Path("step.py"), "/elsewhere") is None


def test_what_is_forked_has_one_thread_whatever_steps_import(server):
    """A lock that another thread holds at the moment of a fork stays locked in the fork for ever."""
    for step in sorted((ROOT / "scripts/steps").glob("*.py")):
        imports = step.read_text(encoding="utf-8").partition("\ndef ")[0].partition("\nif __name__")[0]
        assert run(server, imports) == 0, step
    threads = "sorted(name.read_text().strip() for name in Path(f'/proc/{os.getppid()}/task').glob('*/comm'))"
    assert run(server, f"Path('a').write_text(' '.join({threads}))") == 0
    # Arrow's allocator has one, and sees to it that it can be forked.
    assert Path("a").read_text().split() in (["python"], ["jemalloc_bg_thd", "python"])
    program = "Path('b').write_text(Path(f'/proc/{os.getppid()}/maps').read_text())"
    assert run(server, program) == 0
    assert "pandas" in Path("b").read_text()


def test_a_step_that_outlives_what_it_was_forked_from_is_waited_for(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    server = ForkServer()
    program = "Path('pids').write_text(f'{os.getpid()} {os.getppid()}'); os.replace('pids', 'a'); time.sleep(1); Path('b').touch()"
    ended = []
    waiting = Thread(target=lambda: ended.append(run(server, program)))
    waiting.start()
    wait_for(Path("a").exists)
    os.kill(int(Path("a").read_text().split()[1]), signal.SIGKILL)
    waiting.join(60)
    assert Path("b").exists()
    # Nobody can say how it ended, and what comes after it is left to other processes.
    assert ended == [-9]
    assert run(server, "pass") is None
    server.close()


def test_it_ends_with_its_run_and_leaves_steps_alone(tmp_path):
    script = tmp_path / "step.py"
    script.write_text(
        "import os, time\nopen('part', 'w').write(f'{os.getpid()} {os.getppid()}')\nos.replace('part', 'pids')\ntime.sleep(2)\n"
        "open('done', 'w').close()",
        encoding="utf-8",
    )
    program = (
        "from pathlib import Path; from emphasis.run.forks import ForkServer; ForkServer().run(Path('step.py'), '/tmp')"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT / "scripts")}
    with subprocess.Popen([sys.executable, "-c", program], cwd=tmp_path, env=environment) as process:
        wait_for((tmp_path / "pids").exists)
        process.kill()
    step, forking = map(int, (tmp_path / "pids").read_text().split())
    wait_for(lambda: not alive(forking))
    wait_for((tmp_path / "done").exists)
    wait_for(lambda: not alive(step))


class Script:
    """As much as there is of Snakemake's class of scripts."""

    conda_env = container_img = env_modules = bench_record = shadow_dir = None

    def __init__(self, **own):
        self.begun = []
        self.resources = {"tmpdir": "/tmp"}
        vars(self).update(own)

    def execute_script(self, fname, edit=False):
        self.begun.append((fname, edit))


@pytest.fixture
def scripts(server, monkeypatch):
    monkeypatch.setattr(forks, "ForkServer", lambda: server)
    return type("Forked", (Script,), {"execute_script": Script.execute_script})


def test_jobs_in_another_environment_are_started_as_before(scripts):
    fork_steps(scripts)
    Path("step.py").write_text("import sys; sys.exit(2)", encoding="utf-8")
    for own in ({"conda_env": "x"}, {"container_img": "x"}, {"bench_record": SimpleNamespace()}, {"shadow_dir": "x"}):
        script = scripts(**own)
        script.execute_script("step.py")
        assert script.begun == [("step.py", False)]
    script = scripts(resources={"tmpdir": "/tmp", "shell_exec": "sh"})
    script.execute_script("step.py", edit=False)
    assert script.begun
    script = scripts()
    with pytest.raises(subprocess.CalledProcessError) as fault:
        script.execute_script("step.py")
    assert fault.value.returncode == 2
    assert not script.begun


def test_where_nothing_can_be_forked_all_jobs_are_started_as_before(scripts, monkeypatch):
    monkeypatch.setattr(forks, "POSSIBLE", False)
    fork_steps(scripts)
    script = scripts()
    script.execute_script("step.py")
    assert script.begun == [("step.py", False)]
