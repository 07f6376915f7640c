# Where the project is, and how it is part of another workflow: `module:` with a path, github(...) or git+file:.
import shutil
from pathlib import Path
from tempfile import TemporaryFile, mkdtemp
from zipfile import ZipFile

from snakemake.common.configfile import load_configfile
from snakemake.sourcecache import HostingProviderFile, LocalGitFile
from snakemake.utils import update_config


def project_folder(place):
    """The project's folder: `place`, or the state of a repository that it is in.

    In a repository it is no folder: Snakemake fetches files from there one by one, and steps import a library. So the state that
    the caller named is unpacked beside Snakemake's cache, once.
    """
    if isinstance(place, HostingProviderFile):
        repository = place.hosted_repo.repo
    elif isinstance(place, LocalGitFile):
        from git import Repo

        repository = Repo(place.repo_path)
    else:
        return Path(place).resolve()
    commit = repository.commit(place.ref).hexsha
    folder = workflow.sourcecache.cache_path / "policy-emphasis" / commit
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(mkdtemp(dir=folder.parent))
        with TemporaryFile() as archive:
            repository.archive(archive, commit, format="zip")
            ZipFile(archive).extractall(partial)
        try:
            partial.rename(folder)
        except OSError:  # another process was first
            shutil.rmtree(partial)
    return folder


def with_defaults(settings):
    """Settings, completed by the project's own: of a module that was given some, Snakemake reads no configuration file."""
    completed = load_configfile(ROOT / "config" / "config.yaml")
    update_config(completed, settings)
    return completed


def join_handlers(results, **handlers):
    """Let what happens at the start and the end of a run happen for a module, too: Snakemake calls the main Snakefile's alone.

    A Snakefile whose handlers stand below the module calls `<module>.onstart()` and so on in them.
    """
    for name, own in handlers.items():
        others = getattr(workflow, f"_{name}")

        def both(log, own=own, others=others):
            own()
            others(log)

        # Rules that are used again with other settings read the module again.
        if results not in (joined := getattr(others, "joined", [])):
            both.joined = [*joined, results]
            setattr(workflow, f"_{name}", both)
