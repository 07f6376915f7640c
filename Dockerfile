# The workflow with everything it needs. Of a folder with seeds/, and config/ if you like:
#   docker build -t policy-emphasis .
#   docker run --rm --user "$(id -u):$(id -g)" -v "$PWD":/work policy-emphasis
# What follows the name goes to snakemake: policy-emphasis tables --config results=others. For Kubernetes and S3:
#   docker build --build-arg LOCK=requirements-cluster.lock -t policy-emphasis .
FROM python:3.12-slim

ARG LOCK=requirements.lock
COPY ${LOCK} /tmp/packages.lock
RUN python -m pip install --no-cache-dir --disable-pip-version-check --no-deps --require-hashes -r /tmp/packages.lock

COPY LICENSE /opt/policy-emphasis/
COPY Snakefile /opt/policy-emphasis/
COPY config /opt/policy-emphasis/config
COPY profiles /opt/policy-emphasis/profiles
COPY scripts /opt/policy-emphasis/scripts
COPY workflow /opt/policy-emphasis/workflow

# Any user may run it: Snakemake and libraries keep what they remember in HOME.
ENV HOME=/tmp PYTHONNOUSERSITE=1 PYTHONUTF8=1
WORKDIR /work
ENTRYPOINT ["snakemake", "--snakefile", "/opt/policy-emphasis/workflow/Snakefile", "--workflow-profile", "/opt/policy-emphasis/profiles/default"]
