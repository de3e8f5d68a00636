"""The tables of an output, for notebooks: read by delta-rs and asked in SQL by DuckDB, without Spark."""

import os
import subprocess
from pathlib import Path

import duckdb
import pyarrow
from deltalake import DeltaTable

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "target/notebooks"
SAMPLE = ROOT / "pipeline/src/main/resources/io/bingoguard/sample/conversations.jsonl"

QUICKSTART = ROOT / "target/quickstart/tables"
SQL = ROOT / "conf/sql"
VIEWS = ("current_labels", "conversations", "category_counts")
NEEDED = ("labels", "runs", "categories")
OPTIONAL = ("audit_metrics", "audit_drift", "review_sample", "reviews", "review_estimates")


class Unusable(Exception):
    """What is wrong and what helps, in a sentence, which is all that a notebook shows of it."""

    def _render_traceback_(self):
        return [str(self)]


class Output:
    """The folder that was given to `bingoguard label` as --output. A table is a view of its name, read when asked."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self._connection = duckdb.connect()
        self._connection.execute("SET TimeZone = 'UTC'")
        for name in NEEDED:
            if not self.has(name):
                raise Unusable(
                    f"{self.folder} holds no table '{name}'. Expected the --output of label: give "
                    "./scripts/quickstart, or name such a folder in BINGOGUARD_TABLES."
                )
        for name in NEEDED + OPTIONAL:
            if self.has(name):
                self.register(name, self.table(name).to_pyarrow_dataset())
        for view in VIEWS:
            self._connection.execute((SQL / f"{view}.sql").read_text())

    def has(self, name):
        return DeltaTable.is_deltatable(str(self.folder / name))

    def table(self, name):
        """A table as delta-rs has it, with its versions and its change feed."""
        return DeltaTable(self.folder / name)

    def register(self, name, rows):
        """Makes a view of Arrow data or a DataFrame."""
        self._connection.register(name, rows)

    def sql(self, query, **parameters):
        """The rows of a query in DuckDB's SQL, as a pandas DataFrame."""
        return self._connection.execute(query, parameters or None).df()

    def ask(self, question):
        """The answer to a question of conf/sql/questions, the same as `bingoguard query` gives."""
        return self.sql((SQL / f"questions/{question}.sql").read_text())

    def changes(self, after_version):
        """Makes the view `changes` of what happened to the labels after a version."""
        feed = self.table("labels").load_cdf(starting_version=after_version + 1, allow_out_of_range=True)
        self.register("changes", pyarrow.table(feed.read_all()))


def output(variable="BINGOGUARD_TABLES", otherwise=QUICKSTART):
    """The output that an environment variable names, or another."""
    return Output(os.environ.get(variable, otherwise))


def bingoguard(*arguments, alert=False):
    """Runs a command of this project; `alert` takes exit code 3 for success too."""
    command = [str(ROOT / "scripts/bingoguard"), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in ((0, 3) if alert else (0,)):
        raise Unusable(f"bingoguard {arguments[0]} ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout
