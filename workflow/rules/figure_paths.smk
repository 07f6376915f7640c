# Which pictures there are, in which formats, and how the report of a run shows them.
CHARTS = ["profile", "themes", "terms", "topics", "targets", "network"]
ACROSS_CHARTS = ["trends", "regions", "reuse", "similarity"]
FORMATS = ["png", "svg", "pdf"]
FIGURES = expand(f"{RESULTS}/figures/{{report_id}}/clouds", report_id=CLOUDED)
FIGURES += expand(
    f"{RESULTS}/figures/{{report_id}}/{{chart}}.{{format}}", report_id=DRAWN, chart=CHARTS, format=FORMATS
)
if len(INBOX.files) > 1 and DRAWN:
    FIGURES += expand(f"{RESULTS}/figures/across/{{chart}}.{{format}}", chart=ACROSS_CHARTS, format=FORMATS)


def charts(folder, names, subcategory):
    """What a step that draws puts out: the PNG of each chart, which `snakemake --report` shows, and its SVG and PDF."""
    outputs = {}
    for name in names:
        outputs[name] = report(
            f"{folder}/{name}.png",
            caption=f"../report/{name}.rst",
            category="Figures",
            subcategory=subcategory,
            labels={"figure": name},
        )
        outputs |= {f"{name}_{format}": f"{folder}/{name}.{format}" for format in FORMATS[1:]}
    return outputs
