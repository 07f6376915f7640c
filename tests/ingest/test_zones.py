"""Where zones lie: by the names before theirs, by the table, by the city whose short name they begin with; else not known."""

from pathlib import Path

import pytest

from emphasis.errors import EmphasisError
from emphasis.ingest import zones
from emphasis.ingest.regions import region_of_code
from emphasis.ingest.zones import holder_of_zone


@pytest.mark.parametrize(
    ("region", "code"),
    [
        ("坪山新区", "440300"),
        ("深圳市大鹏新区", "440300"),
        ("广东省大鹏新区", "440300"),
        ("吉林省大鹏新区", ""),  # another one
        ("长春净月高新区", "220100"),
        ("苏州工业园区", "320500"),
        ("北海新区", "371600"),  # of 滨州, not of 北海
        ("重庆两江新区", "500000"),
        ("上海市临港新片区", "310000"),
        ("雄安新区", "130000"),  # on the land of two cities
        ("西咸新区", ""),
        ("吉林省某某新区", ""),  # in one of its cities
        ("海南高新区", ""),  # of a province or of a prefecture of that name
        ("吉林高新区", ""),
        ("长春某地", ""),
        ("某某新区", ""),
        ("", ""),
    ],
)
def test_where_a_zone_lies(region: str, code: str) -> None:
    assert holder_of_zone(region) == code


def test_a_line_of_the_table_with_an_unknown_code_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "zones.tsv").write_text("zone\tlies_in\n某某新区\t999999\n", encoding="utf-8")
    monkeypatch.setattr(zones, "ZONES_FILE", tmp_path / "zones.tsv")
    zones._listed.cache_clear()
    with pytest.raises(EmphasisError, match=r"zones\.tsv, line 2: '某某新区 999999' is no zone"):
        holder_of_zone.__wrapped__("某某新区")
    zones._listed.cache_clear()


def test_codes_of_the_table_are_of_today() -> None:
    for code in set(zones._listed().values()):
        found = region_of_code(code)
        assert found is not None and found.last_year == 9999
