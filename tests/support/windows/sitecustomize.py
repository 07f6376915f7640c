"""What Windows does not have is refused to the project's code.

Python reads this file at the start of each process that has its folder on PYTHONPATH. Other libraries choose by the system that they
run on and are left alone; but no process forks.
"""

import builtins
import os
import sys
from functools import wraps
from pathlib import Path

MODULES = frozenset("fcntl resource pwd grp termios tty pty syslog readline".split())
FUNCTIONS = (
    "getuid geteuid getgid getegid getgroups setuid setgid setsid getpgid killpg chown lchown fchown fchmod uname wait3 wait4 "
    "sched_getaffinity sched_setaffinity getloadavg nice mkfifo mknod statvfs fstatvfs sysconf ttyname"
).split()
OWN = tuple(str(Path(__file__).resolve().parents[3] / folder) + os.sep for folder in ("scripts", "workflow"))

_import = builtins.__import__


def _is_own(frame):
    return frame.f_code.co_filename.startswith(OWN)


def _refusing_import(name, *more, **named):
    if name in MODULES and _is_own(sys._getframe(1)):
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    return _import(name, *more, **named)


def _refused(name, function):
    @wraps(function)
    def call(*arguments, **named):
        if _is_own(sys._getframe(1)):
            raise AttributeError(f"module 'os' has no attribute {name!r}")
        return function(*arguments, **named)

    return call


builtins.__import__ = _refusing_import
for name in FUNCTIONS:
    setattr(os, name, _refused(name, getattr(os, name)))
for name in ("fork", "forkpty"):
    delattr(os, name)
