"""Is it known which report a file holds, and does the file agree with itself?"""

from __future__ import annotations

import re

from emphasis.ingest.metadata import Reading
from emphasis.ingest.model import Metadata, Problem
from emphasis.ingest.regions import table

_NEWSPAPER = re.compile(r"[\u4e00-\u9fff]{2,4}?(?=日报|晚报|人大|人民政府|省政府|市政府|政府网)")


def check_metadata(metadata: Metadata, reading: Reading) -> list[Problem]:
    """Is it known which report this is, and does it agree with itself?"""
    found = []
    advice = "Give it in config/reports.tsv."
    if metadata.year is None:
        found.append(Problem("no-year", "The year the report plans for was not found.", advice))
    if not metadata.region:
        found.append(Problem("no-region", "The region was not found.", advice))
    elif not metadata.adcode and metadata.region_level != "national":
        several = reading.place.candidates if reading.place.name == metadata.region else ()
        if several:
            names = ", ".join(f"{r.adcode} {r.name}" for r in several[:6])
            message = (
                f"{metadata.region} is the name of {len(several)} regions: {names}{' …' if len(several) > 6 else ''}."
            )
            found.append(Problem("ambiguous-region", message, "Give region and adcode in config/reports.tsv."))
        else:
            message = f"{metadata.region} is not in the table of GB/T 2260."
            found.append(Problem("unknown-region", message, "Give the adcode in config/reports.tsv."))
    years = reading.years
    if metadata.year is not None and len(set(years.values())) > 1:
        said = ", ".join(f"{name} {year}" for name, year in years.items())
        message = f"The file points to different years: {said}; {metadata.year} was taken."
        found.append(Problem("years-disagree", message, advice))
    named = {
        label: place.name
        for label, place in (
            ("title", reading.title_place), ("meeting", reading.meeting_place), ("salutation", reading.opening_place),
        )
        if place.name
    }  # fmt: skip
    if len(set(named.values())) > 1:
        said = ", ".join(f"{label} {name}" for label, name in named.items())
        message = f"The file names different regions: {said}."
        found.append(Problem("regions-disagree", message, "See whether title and text belong together."))
    if elsewhere := _source_elsewhere(metadata):
        message = f"The source line names {metadata.source}, of {elsewhere}; the report is of {metadata.province}."
        found.append(Problem("source-elsewhere", message, "Check the source before you cite it."))
    return found


def _source_elsewhere(metadata: Metadata) -> str:
    """The province that a source line names, when it is not the report's."""
    match = _NEWSPAPER.match(metadata.source)
    if match is None or not metadata.province:
        return ""
    for suffix in ("省", "市", "自治区"):
        name = match.group() + suffix
        regions = table().get(name, ())
        if any(r.level == "province" for r in regions) and name != metadata.province:
            return name
    return ""
