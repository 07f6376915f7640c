#!/usr/bin/env bash
# The workflow on Slurm: a controller and two nodes, all on this machine and its loopback. Needs root and Debian's packages,
# which it installs. Everything of the bundled report; then results of 200 reports in several batches by every rule that works on
# several, compared with a reference that is made of them, with a node that goes down in the middle. Results are those of a run
# without Slurm, byte for byte.
#
#   make test-slurm
#   PARTS=many REPORTS=100 TARGETS=tables tests/slurm/run.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
ROOT=$PWD
PARTS=${PARTS:-bundled many}
REPORTS=${REPORTS:-200}
# Putting together the parts of a table is the same rule for each: of those that batches make, one table of each rule.
OF_BATCHES="frequency_parts frequency_intervals dispersion tfidf keyness_comparisons nodes peers themes areas structure"
OF_ALL="frequency_corpus keyness_across reuse similarity adoption target_gaps topics terms theme_correlations tasks area_changes panel"
# Two batches, one for each node.
MANY="reference=corpus batch_size=$(((REPORTS + 1) / 2))"
TARGETS=${TARGETS:-$(printf 'many/tables/%s.csv ' $OF_BATCHES $OF_ALL) many/corpus/reports.csv many/corpus/warnings.csv \
    many/corpus/segmentation.html many/figures/across/reuse.png}
export PYTHONNOUSERSITE=1
SNAKEMAKE=$ROOT/.venv/bin/snakemake
PYTHON=$ROOT/.venv/bin/python
CONF=/etc/slurm/slurm.conf
passed=0
failed=0

say() { printf '%s  %s\n' "$(date +%T)" "$*"; }
check() { # WHAT COMMAND...
    if "${@:2}"; then
        passed=$((passed + 1))
        say "passed: $1"
    else
        failed=$((failed + 1))
        say "FAILED: $1"
    fi
}

below() { # PROCESS: its number and those of all that it started
    local process
    echo "$1"
    for process in $(pgrep -P "$1" || true); do below "$process"; done
}

[ "$(id -u)" = 0 ] || { echo "tests/slurm/run.sh: needs root, for the packages and daemons of Slurm"; exit 2; }
[ -x "$SNAKEMAKE" ] || { echo "tests/slurm/run.sh: run make env first"; exit 2; }
# One that a killed run of this script left behind has no controller.
if [ -e "$CONF" ] && ! { grep -q "tests/slurm/run.sh" "$CONF" && ! pgrep -x slurmctld >/dev/null; }; then
    echo "tests/slurm/run.sh: $CONF is there: this machine has a Slurm of its own, which is left alone"
    exit 2
fi

DIR=$(mktemp -d)
chmod 755 "$DIR"
# Ends what this script started, by the process numbers that the daemons wrote down.
end() {
    status=$?
    trap - EXIT INT TERM
    for run in "${run:-}" "${here:-}"; do
        # shellcheck disable=SC2046 # several processes
        if [ -n "$run" ]; then kill $(below "$run") 2>/dev/null || true; fi
    done
    timeout 5 scancel --quiet --partition=main 2>/dev/null || true
    daemons=$(cat "$DIR"/run/slurmd-*.pid "$DIR"/run/slurmctld.pid "$DIR"/run/munged.pid 2>/dev/null || true)
    # shellcheck disable=SC2086 # several processes
    kill $daemons 2>/dev/null || true
    # A slurmd would wait for the steps that it started.
    sleep 2
    # shellcheck disable=SC2046 # several processes
    kill -9 $(for process in $daemons; do below "$process"; done) 2>/dev/null || true
    rm -f "$CONF"
    if [ "$status" = 0 ] && [ "$failed" = 0 ]; then rm -rf "$DIR"; else say "kept for a look: $DIR"; fi
    echo "$passed passed, $failed failed"
    if [ "$status" = 0 ] && [ "$failed" != 0 ]; then status=1; fi
    exit "$status"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if ! command -v slurmctld slurmd munged >/dev/null; then
    say "installing Slurm"
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends slurm-wlm munge; } \
        >"$DIR/apt.log" 2>&1 || { tail -n 5 "$DIR/apt.log"; exit 2; }
fi

say "starting a controller and two nodes"
mkdir -p "$DIR"/{state,spool,run,log} /etc/slurm
mkdir -p -m 755 /run/munge
chown munge:munge /run/munge /etc/munge /var/lib/munge /var/log/munge /etc/munge/munge.key "$DIR/run"
if [ ! -S /run/munge/munge.socket.2 ] || ! munge -n >/dev/null 2>&1; then
    setpriv --reuid=munge --regid=munge --clear-groups /usr/sbin/munged --pid-file="$DIR/run/munged.pid"
fi
memory=$(awk '/^MemTotal/ {print int($2 / 1024 * 0.45)}' /proc/meminfo)
sed -e "s|@DIR@|$DIR|g" -e "s|@HOST@|$(hostname -s)|g" -e "s|@MEMORY@|$memory|g" tests/slurm/slurm.conf >"$CONF"
slurmctld
for node in n1 n2; do slurmd -N "$node"; done
for _ in $(seq 50); do
    [ "$(sinfo --noheader --Node --states=idle --format=%N 2>/dev/null | wc -l)" = 2 ] && break
    sleep 0.2
done
check "two nodes are ready" test "$(sinfo --noheader --Node --states=idle --format=%N | wc -l)" = 2

without() { # PART: a run without Slurm
    case $1 in
    bundled) "$SNAKEMAKE" --config results=bundled ;;
    # shellcheck disable=SC2086 # several targets
    many) "$SNAKEMAKE" $TARGETS --config reports=../reports results=many $MANY ;;
    esac
}

mkdir "$DIR/here"
for copy in "$DIR" "$DIR/here"; do cp -r Snakefile config profiles scripts seeds workflow "$copy"; done
cd "$DIR"
"$PYTHON" "$ROOT/tests/slurm/reports.py" reports "$REPORTS" --sentences 1
# Without Slurm, while the runs with Slurm wait for their jobs.
(
    cd here
    for part in $PARTS; do without "$part" >"$part.log" 2>&1; done
) &
here=$!
# The profile as it is, and what differs here: no accounting, a partition, nodes of two processors, no minutes of waiting.
slurm() {
    "$SNAKEMAKE" --workflow-profile slurm --default-resources slurm_partition=main --cores 2 --slurm-no-account \
        --slurm-status-command squeue --slurm-init-seconds-before-status-checks 2 --seconds-between-status-checks 2 \
        --latency-wait 10 "$@"
}
into() { # LOG COMMAND...
    "${@:2}" >"$1" 2>&1 &
    # Waiting can be interrupted, a command in the foreground not.
    run=$!
    wait "$run"
}
same() { # RESULTS RESULTS
    PYTHONPATH=$ROOT/tests:$ROOT/scripts "$PYTHON" - "$@" <<'PY'
import sys
from pathlib import Path
from support.project import hashes
one, other = (hashes(Path(folder)) for folder in sys.argv[1:])
differ = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
print(f"  {len(one)} files", *differ[:10])
sys.exit(not one or bool(differ))
PY
}
jobs_of() { # LOG: node, state, time, what
    local name
    name=$(grep -oP 'SLURM run ID: \K\S+' "$1" | head -n 1)
    squeue --noheader --states=all --name="$name" --format="  %N %T from %S for %M %k"
}

bundled() {
    say "the bundled report"
    check "it runs through Slurm" into bundled.log slurm --config results=bundled
    run=""
    jobs_of bundled.log
    check "in at most seven jobs" test "$(jobs_of bundled.log | wc -l)" -le 7
}

many() {
    say "$REPORTS reports"
    # shellcheck disable=SC2086 # several targets
    slurm $TARGETS --config reports=reports results=many $MANY >many.log 2>&1 &
    run=$!
    running=""
    while [ -z "$running" ] && kill -0 "$run" 2>/dev/null; do
        running=$(squeue --noheader --nodelist=n2 --states=running --format=%A 2>/dev/null | head -n 1)
        sleep 0.5
    done
    sleep 4
    say "node n2 goes down, job $running with it"
    node=$(cat "$DIR/run/slurmd-n2.pid")
    step=$(pgrep -f "^slurmstepd: \[$running\." || true)
    # A machine without power: the daemon and everything that it started ends at once.
    lost=$(for process in $node $step; do below "$process"; done)
    # shellcheck disable=SC2086 # several processes
    ps -ww -o pid=,args= -p "$(echo $lost | tr ' ' ,)" | cut -c 1-100
    # shellcheck disable=SC2086
    kill -9 $lost
    rm -f "$DIR/run/slurmd-n2.pid"
    # What the controller finds out by itself after SlurmdTimeout.
    scontrol update NodeName=n2 State=DOWN Reason="no power"
    check "a job was lost" test -n "$running"
    check "the run goes on to its end" wait "$run"
    run=""
    jobs_of many.log
    check "the lost job was tried again" grep -q "Trying to restart job" many.log
}

for part in $PARTS; do $part; done
check "the same runs without Slurm" wait "$here"
here=""
for part in $PARTS; do check "the results are the same, byte for byte: $part" same "here/$part" "$part"; done
check "nothing half written is left" test -z "$(find $PARTS -name '*.part')"
case " $PARTS " in
# shellcheck disable=SC2086
*" many "*) check "nothing is left to do" grep -q "Nothing to be done" <(slurm $TARGETS --config reports=reports results=many $MANY 2>&1) ;;
esac
