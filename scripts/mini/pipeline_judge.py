"""Judges texts with the pipeline itself: a corpus is written, labelled and its labels table read back."""

import json
import subprocess
import tempfile
from pathlib import Path

from deltalake import DeltaTable

from judge import Judgement

LAUNCHER = Path(__file__).resolve().parents[1] / "bingoguard"


class PipelineJudge:
    """The same questions as `Judge`, answered by `scripts/bingoguard label`."""

    def __init__(self, model):
        self.model = Path(model).resolve()

    def messages(self, texts):
        rows = self.labels([{"id": str(row), "prompt": text} for row, text in enumerate(texts)])
        return [self.judgement(label, "prompt") for label in rows]

    def replies(self, pairs):
        corpus = [
            {"id": str(row), "prompt": prompt, "response": reply} for row, (prompt, reply) in enumerate(pairs)
        ]
        return [self.judgement(label, "response") for label in self.labels(corpus)]

    def labels(self, corpus):
        """The labels of a corpus, in its order; every row has to have one."""
        with tempfile.TemporaryDirectory() as folder:
            source, output = Path(folder, "corpus.jsonl"), Path(folder, "labelled")
            lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in corpus)
            source.write_text("".join(lines), encoding="utf-8")
            columns = [f"--column={name}={name}" for name in corpus[0]]
            command = [LAUNCHER, "label", "--input", source, "--output", output, "--model", self.model, *columns]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            table = DeltaTable(str(output / "labels")).to_pyarrow_table().to_pylist()
        by_id = {row["conversation_id"]: row for row in table}
        if len(by_id) != len(corpus):
            raise ValueError(f"{len(by_id)} labels for {len(corpus)} rows")
        return [by_id[row["id"]] for row in corpus]

    def judgement(self, label, side):
        """A label's verdict on one side. An answer out of format counts as undecided: neither safe nor graded."""
        probability = label[f"{side}_probability"]
        if probability is None:
            return Judgement(0.5, None, None)
        severity = label["severity"] if side == "response" else None
        return Judgement(probability, label[f"{side}_category"], severity)
