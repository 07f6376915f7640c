#!/bin/sh
# Install what a lock names into .venv: through uv, which takes a third of the time; through pip where uv cannot.
#
#   scripts/tools/install.sh requirements.lock
set -eu
lock=$1
python=.venv/bin/python
uv=.venv/uv
# uv itself comes from the lock of developers, by its hash, and goes again: those who use the workflow do not need it.
trap 'rm -rf "$uv" "$uv.txt"' EXIT
sed -n '/^uv==/,/[^\\]$/p' requirements-dev.lock >"$uv.txt"
pip() { "$python" -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes "$@"; }
if pip --target "$uv" -r "$uv.txt" &&
  "$uv/bin/uv" pip install --quiet --compile-bytecode --no-deps --require-hashes --python "$python" -r "$lock"; then
  exit 0
fi
echo "uv could not install $lock; pip does it"
pip -r "$lock"
