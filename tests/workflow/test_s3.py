"""Reports and results in S3, with a server of S3 on this machine's loopback."""

from __future__ import annotations

import boto3
import pytest
from moto.server import ThreadedMotoServer

from support.project import Project, hashes

TARGETS = ["corpus", "results/tables/frequency.csv"]


@pytest.fixture
def endpoint():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield f"http://127.0.0.1:{server.get_host_and_port()[1]}"
    server.stop()


def test_reports_and_results_in_s3(endpoint, bundled, cluster_plugins, tmp_path):
    project = Project(tmp_path / "project")
    s3 = boto3.client(
        "s3", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="k", aws_secret_access_key="k"
    )
    s3.create_bucket(Bucket="study")
    report = project.folder / "seeds/changchun-2025.txt"
    s3.upload_file(str(report), "study", "run/seeds/changchun-2025.txt")
    # The folder tells which reports there are; what stands in them comes from S3.
    report.write_text("", encoding="utf-8")
    arguments = [
        *TARGETS,
        *("--default-storage-provider", "s3", "--default-storage-prefix", "s3://study/run"),
        *("--storage-s3-endpoint-url", endpoint),
    ]
    keys = {"SNAKEMAKE_STORAGE_S3_ACCESS_KEY": "k", "SNAKEMAKE_STORAGE_S3_SECRET_KEY": "k"}
    run = project.run(*arguments, **keys)
    assert run.status == 0, run.output
    assert "finished; results are in s3://study/run" in run.output
    assert not (project.results / "corpus").exists()
    fetched = tmp_path / "fetched"
    for stored in s3.list_objects_v2(Bucket="study", Prefix="run/results/")["Contents"]:
        place = fetched / stored["Key"].removeprefix("run/results/")
        place.parent.mkdir(parents=True, exist_ok=True)
        s3.download_file("study", stored["Key"], str(place))
    found, expected = hashes(fetched), hashes(bundled.results)
    # The corpus, and the frequencies with the other tables of their steps.
    assert {*(path for path in expected if path.startswith("corpus/")), "tables/frequency.csv"} <= set(found)
    assert found == {path: expected.get(path) for path in found}
    again = project.run(*arguments, **keys)
    assert again.status == 0 and "Nothing to be done" in again.output, again.output
    # The options of the profile for Kubernetes are such as its plugins know; nothing is started.
    profile = ["--workflow-profile", "kubernetes", "--default-storage-prefix", "s3://study/run"]
    dry = project.run(*TARGETS, "-n", *profile, "--storage-s3-endpoint-url", endpoint, **keys, **cluster_plugins)
    assert dry.status == 0 and "Nothing to be done" in dry.output, dry.output
