# What is drawn: one job a report, since a picture takes longer than a job costs.
FIGURES = expand(f"{RESULTS}/figures/{{report_id}}/{{figure}}", report_id=DRAWN, figure=["clouds", "targets"])


rule clouds:
    input:
        reports=part_of("corpus/reports.csv"),
        sections=part_of("corpus/sections.csv"),
        frequency=part_of(table("frequency")),
        frequency_parts=part_of(table("frequency_parts")),
        code=code("clouds"),
        schemas=schemas("reports", "sections", "frequency", "frequency_parts"),
    output:
        clouds=directory(f"{RESULTS}/figures/{{report_id}}/clouds"),
    log:
        f"{RESULTS}/logs/clouds/{{report_id}}.log",
    conda:
        "../envs/policy-emphasis.yaml"
    threads: 2
    params:
        words=config["clouds"]["words"],
        font_weight=config["clouds"]["font_weight"],
        seed=config["seed"],
    message:
        "Drawing the word clouds of {wildcards.report_id}"
    script:
        "../../scripts/clouds.py"


rule target_chart:
    input:
        reports=part_of("corpus/reports.csv"),
        target_pairs=part_of("tables/target_pairs.csv"),
        code=code("target_chart"),
        schemas=schemas("reports", "target_pairs"),
    output:
        chart=directory(f"{RESULTS}/figures/{{report_id}}/targets"),
    log:
        f"{RESULTS}/logs/target_chart/{{report_id}}.log",
    conda:
        "../envs/policy-emphasis.yaml"
    params:
        font_weight=config["clouds"]["font_weight"],
    message:
        "Drawing what {wildcards.report_id} reached and promises"
    script:
        "../../scripts/target_chart.py"
