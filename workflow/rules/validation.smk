# The validation kit, made on request: snakemake validate. It draws sentences for two coders, or reads their codes back.
VALIDATION = f"{RESULTS}/validation"
VALIDATE = config["validate"]
OF_AREAS = VALIDATE["what"] == "areas"
VALIDATION_TABLES = ["validation", "validation_agreement", "validation_disagreements"]
DRAW_FILES = {"key": f"{VALIDATION}/key.tsv", "draw": f"{VALIDATION}/draw.yaml"}
# One path, or one for each coder's copy; empty while nothing is filled in.
FILLED = [VALIDATE["filled"]] if isinstance(VALIDATE["filled"], str) else VALIDATE["filled"]
FILLED = [file for file in FILLED if file]
# What coders are told of themes stands beside the dictionaries and is optional.
DEFINITIONS = project_file(THEME_FOLDER / "definitions.tsv")
DEFINITIONS = {"definitions": DEFINITIONS} if Path(DEFINITIONS).exists() else {}
# What the machine's codes depend on, remembered with a draw.
MEASURED = (
    {file: contents(Path(AREAS["scheme"]).with_name(file)) for file in CODER}
    if OF_AREAS
    else {Path(file).name: hashed for file, hashed in zip(THEMES, THEME_CONTENTS)}
)
VALIDATED = (
    [f"{RESULTS}/tables/{name}.csv" for name in VALIDATION_TABLES] + [f"{VALIDATION}/methods.md"]
    if FILLED
    else [f"{VALIDATION}/coding.xlsx", *DRAW_FILES.values()]
)

if FILLED:
    for needed, missing in {
        "validate.filled names": [file for file in FILLED if not Path(file).is_file()],
        "the draw's key is missing; put key.tsv and draw.yaml back:": [
            file for file in DRAW_FILES.values() if not Path(file).is_file()
        ],
    }.items():
        if missing and "validate" in sys.argv:
            sys.exit(f"policy-emphasis: configuration: validate: {needed} {missing[0]}, which is not there")

else:

    # Codes that a person has given, and the key that belongs to them, must not be lost with the next draw: Snakemake does not
    # overwrite protected files, and Excel opens them for reading.
    rule validation_draw:
        input:
            **paths(all_batches, "sentences", "outline", "sentence_areas" if OF_AREAS else "tokens"),
            **({"scheme": AREAS["scheme"], "codebook": project_file(AREA_FOLDER / "CODEBOOK.md")} if OF_AREAS else {}),
            **({} if OF_AREAS else {"themes": THEMES, **DEFINITIONS}),
            counted=COUNTED,
            schemas=schemas("sentences", "outline", "tokens", "sentence_areas"),
        output:
            workbook=protected(f"{VALIDATION}/coding.xlsx"),
            key=protected(DRAW_FILES["key"]),
            draw=protected(DRAW_FILES["draw"]),
        log:
            f"{RESULTS}/logs/validation_draw.log",
        conda:
            "../envs/policy-emphasis.yaml"
        resources:
            **needs("validation_draw"),
        params:
            code=code("validation_draw"),
            settings=settings("validate", "what", "which", "size", "seed"),
            measured=MEASURED,
            count_roles=config["count_roles"],
            simplify=config["simplify"],
        message:
            "Drawing sentences for two coders"
        script:
            "../../scripts/steps/validation_draw.py"


if FILLED:

    rule validation:
        input:
            **DRAW_FILES,
            filled=FILLED,
            themes=THEMES,
            scheme=AREAS["scheme"],
            schemas=schemas(*VALIDATION_TABLES),
        output:
            **{name: f"{RESULTS}/tables/{name}.csv" for name in VALIDATION_TABLES},
            methods=f"{VALIDATION}/methods.md",
        log:
            f"{RESULTS}/logs/validation.log",
        conda:
            "../envs/policy-emphasis.yaml"
        resources:
            **needs("validation"),
        params:
            code=code("validation"),
            measured=MEASURED,
        message:
            "Reading the coders' codes back: precision, recall, agreement"
        script:
            "../../scripts/steps/validation.py"
