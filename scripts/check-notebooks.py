"""Checks the notebooks and what notebooks/README.md says; see check-notebooks.

    check-notebooks.py WORK [DIR]

WORK holds the project's folders by links, a corpus and its labels, and gets the second labels that a notebook makes;
DIR gets the executed notebooks.
"""

import json
import math
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
SECONDS = 600
HEADING = "## Ten questions"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WITHOUT_TABLES = {"reviewed-thresholds"}
"""Questions to tables that the labels of the samples do not have."""


def fail(message):
    sys.exit(f"check-notebooks: {message}")


def refuse_outputs(path, notebook):
    """Outputs quote conversations, so none is committed."""
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "code" and (cell.outputs or cell.execution_count is not None):
            fail(f"{path.name} has outputs, the first in cell {number}; clear them before it is committed")


def run(notebook):
    client = NotebookClient(notebook, timeout=SECONDS, resources={"metadata": {"path": str(NOTEBOOKS)}})
    client.execute()


def outputs(notebook, kind):
    return [output for cell in notebook.cells for output in cell.get("outputs", []) if output.output_type == kind]


def execute(path, target):
    notebook = nbformat.read(path, as_version=4)
    refuse_outputs(path, notebook)
    try:
        run(notebook)
    except CellExecutionError as failure:
        fail(f"{path.name} fails: {failure}")
    said = [output.text for output in outputs(notebook, "stream") if output.name == "stderr"]
    if said:
        fail(f"{path.name} writes warnings: {said[0]}")
    plots = sum("image/png" in output.get("data", {}) for output in outputs(notebook, "display_data"))
    plotting = [cell.source for cell in notebook.cells if "plt.subplots(" in cell.source]
    untitled = [source for source in plotting if "title(" not in source]
    if untitled:
        fail(f"{path.name} has a plot without a title: {untitled[0]}")
    if target:
        target.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, target / path.name)
    print(f"check-notebooks: {path.name}: {len(notebook.cells)} cells, {plots} plots")


def refuse_wrong_folder(path):
    """A folder without tables is told in one sentence."""
    notebook = nbformat.read(path, as_version=4)
    os.environ["BINGOGUARD_TABLES"] = "/nowhere/at/all"
    try:
        run(notebook)
    except CellExecutionError:
        pass
    told = ["".join(output.traceback) for output in outputs(notebook, "error")]
    if len(told) != 1 or not told[0].startswith("/nowhere/at/all holds no table 'labels'.") or "\n" in told[0]:
        fail(f"{path.name} tells of a wrong folder so: {told}")


def plain(value):
    """A value that compares equal whichever engine it comes from."""
    if isinstance(value, float):
        return None if math.isnan(value) else float(f"{value:.9g}")
    if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)$", value):
        return re.sub(r"\.?0*(Z|\+00:00)$", "", re.sub(r"(\.\d{3})\d*", r"\1", value))
    return value


def compare_questions(output):
    """Each question by `query`, which asks Spark, and by DuckDB."""
    files = sorted((ROOT / "conf/sql/questions").glob("*.sql"))
    asked = 0
    for name in [file.stem for file in files]:
        if name in WITHOUT_TABLES:
            continue
        if name == "changes":
            output.changes(-1)
        command = [str(ROOT / "scripts/bingoguard"), "query", "--output", str(output.folder), name, "--format", "json"]
        command += ["--since", "2000-01-01"] if name == "changes" else []
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            fail(f"query {name} ends with {done.returncode}: {done.stderr}")
        by_spark = [{key: plain(value) for key, value in json.loads(line).items()} for line in done.stdout.splitlines()]
        text = output.ask(name).to_json(orient="records", date_format="iso", double_precision=15)
        by_duckdb = [{key: plain(value) for key, value in row.items()} for row in json.loads(text)]
        for spark, duckdb in zip(by_spark, by_duckdb):
            for key in spark:
                if key in ("night", "since") and duckdb[key] is not None:
                    duckdb[key] = duckdb[key][:10]
        if by_spark != by_duckdb:
            differing = next(((a, b) for a, b in zip(by_spark, by_duckdb) if a != b), (len(by_spark), len(by_duckdb)))
            fail(f"{name} differs between Spark and DuckDB: {differing[0]} and {differing[1]}")
        asked += 1
    print(f"check-notebooks: {asked} questions alike by Spark and DuckDB")


def run_readme(work):
    """What the README answers the ten questions with, each as it stands there."""
    text = (NOTEBOOKS / "README.md").read_text()
    section = text.split(f"{HEADING}\n", 1)[1].split("\n## ", 1)[0]
    questions = re.split(r"^### ", section, flags=re.MULTILINE)[1:]
    environment = dict(os.environ, BINGOGUARD_TABLES=str(work / "labelled"), PYTHONPATH=str(NOTEBOOKS))
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
    (work / "labelled-fp16").symlink_to(ROOT / "target/notebooks/fp16")
    for question in questions:
        title = question.splitlines()[0]
        blocks = BLOCK.findall(question)
        if not blocks:
            fail(f"the README does not answer '{title}'")
        for language, code in blocks:
            command = [sys.executable, "-c", code] if language == "python" else ["bash", "-euo", "pipefail", "-c", code]
            done = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True)
            if done.returncode:
                fail(f"the README's answer to '{title}' ends with {done.returncode}: {code}{done.stderr}")
    print(f"check-notebooks: the README's answers to {len(questions)} questions run")


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    work = Path(sys.argv[1])
    target = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    for name in [name for name in os.environ if name.startswith("BINGOGUARD_") and name.endswith("TABLES")]:
        del os.environ[name]
    notebooks = sorted(NOTEBOOKS.glob("*.ipynb"))
    for path in notebooks:
        os.environ["BINGOGUARD_TABLES"] = str(work / "labelled")
        execute(path, target)
    run_readme(work)
    sys.path.insert(0, str(NOTEBOOKS))
    import tables

    compare_questions(tables.Output(tables.WORK / "nights/labelled"))
    for path in notebooks:
        refuse_wrong_folder(path)
    print("check-notebooks: a wrong folder is told in a sentence")


if __name__ == "__main__":
    main()
