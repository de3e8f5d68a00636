"""Holds the files of conf/schedulers against the packages that know them, and against the settings files of conf.

    python3 scripts/check-schedulers.py

Checks whose packages are not installed are skipped with a line.
"""

import importlib
import json
import logging
import os
import re
import stat
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = ROOT / "conf" / "schedulers"

# What fields of the operator become, in spark-submit's terms.
OPERATOR_FIELDS = {
    "spark.kubernetes.container.image": ("image",),
    "spark.kubernetes.authenticate.driver.serviceAccountName": ("driver", "serviceAccount"),
    "spark.driver.memory": ("driver", "memory"),
    "spark.executor.instances": ("executor", "instances"),
    "spark.executor.cores": ("executor", "cores"),
    "spark.executor.memory": ("executor", "memory"),
    "spark.executor.memoryOverhead": ("executor", "memoryOverhead"),
}


def module(name):
    return importlib.import_module(name)


def documents(name):
    return list(module("yaml").safe_load_all((FILES / name).read_text(encoding="utf-8")))


def document(name):
    return documents(name)[0]


def settings(name):
    """The settings that a file of conf makes, those that are commented out left aside."""
    lines = (ROOT / "conf" / name).read_text(encoding="utf-8").splitlines()
    return dict(line.split(None, 1) for line in lines if line.startswith("spark."))


def expect(seen, expected, what):
    if seen != expected:
        raise AssertionError(f"{what} is {seen!r}, expected {expected!r}")


def same(seen, expected, where):
    """Names the first place where what a package understood is not what the file says."""
    if isinstance(expected, dict) and isinstance(seen, dict):
        for key, value in expected.items():
            if key not in seen:
                raise AssertionError(f"{where}.{key} is not known")
            same(seen[key], value, f"{where}.{key}")
    elif isinstance(expected, list) and isinstance(seen, list):
        expect(len(seen), len(expected), f"the length of {where}")
        for number, (one, other) in enumerate(zip(seen, expected)):
            same(one, other, f"{where}[{number}]")
    else:
        expect(seen, expected, where)


def operator_resource():
    resource = module("kubeflow_spark_api.models.spark_v1beta2_scheduled_spark_application")
    for application in documents("spark-operator.yaml"):
        same(
            resource.SparkV1beta2ScheduledSparkApplication.from_dict(application).to_dict(),
            application,
            application["metadata"]["name"],
        )


def operator_settings():
    application = document("spark-operator.yaml")
    template = application["spec"]["template"]
    made = {"spark.kubernetes.namespace": application["metadata"]["namespace"]}
    made.update(template["sparkConf"])
    for key, path in OPERATOR_FIELDS.items():
        value = template
        for name in path:
            value = value[name]
        made[key] = str(value)
    expected = settings("kubernetes-gpu.conf")
    pod = module("yaml").safe_load(
        (ROOT / expected.pop("spark.kubernetes.executor.podTemplateFile")).read_text(
            encoding="utf-8"
        )
    )
    same(template["executor"]["template"]["spec"], pod["spec"], "the executor's pod")
    expect(set(made) - set(expected), set(), "what kubernetes-gpu.conf does not set")
    same(made, expected, "sparkConf")
    expect(application["spec"]["concurrencyPolicy"], "Forbid", "concurrencyPolicy")
    expect(template["restartPolicy"]["onFailureRetries"], 0, "onFailureRetries")


def cron_job():
    job = document("kubernetes-cronjob.yaml")
    module("kubernetes_validate").validate(job, "1.31", strict=True)
    expect(job["spec"]["concurrencyPolicy"], "Forbid", "concurrencyPolicy")
    work = job["spec"]["jobTemplate"]["spec"]
    final = work["podFailurePolicy"]["rules"][0]["onExitCodes"]
    (container,) = work["template"]["spec"]["containers"]
    expect(final["containerName"], container["name"], "the container of podFailurePolicy")
    expect(final["values"], [2, 3, 4], "exit codes that are final")


def databricks_job():
    (job,) = document("databricks.yml")["resources"]["jobs"].values()
    understood = module("databricks.sdk.service.jobs").JobSettings.from_dict(job)
    same(json.loads(json.dumps(understood.as_dict())), job, "job")
    expect(job["max_concurrent_runs"], 1, "max_concurrent_runs")
    label, audit = job["tasks"]
    expect(audit["run_if"], "ALL_DONE", "when the audit runs")
    outputs = [task["spark_jar_task"]["parameters"][task["spark_jar_task"]["parameters"].index("--output") + 1] for task in (label, audit)]
    expect(outputs[1], outputs[0], "the output that is audited")


def databricks_settings():
    (job,) = document("databricks.yml")["resources"]["jobs"].values()
    (cluster,) = job["job_clusters"]
    same(settings("yarn-gpu.conf"), cluster["new_cluster"]["spark_conf"], "spark_conf")


def times():
    """All files mean one o'clock at night, whatever their way of saying so."""
    cron = module("croniter").croniter
    quartz = document("databricks.yml")["resources"]["jobs"]["nightly"]["schedule"]
    second, rest = quartz["quartz_cron_expression"].split(" ", 1)
    expect(second, "0", "the second")
    crontab = (FILES / "crontab").read_text(encoding="utf-8")
    said = {
        "spark-operator.yaml": document("spark-operator.yaml")["spec"]["schedule"],
        "kubernetes-cronjob.yaml": document("kubernetes-cronjob.yaml")["spec"]["schedule"],
        "databricks.yml": rest.replace("?", "*"),
        "crontab": " ".join(re.search(r"^\S+( \S+){4} (?=bingoguard )", crontab, re.M)[0].split()),
        "airflow_dag.py": re.search(
            r'schedule="(.*)"', (FILES / "airflow_dag.py").read_text(encoding="utf-8")
        )[1],
    }
    for name, expression in said.items():
        expect(cron.expand(expression)[0], cron.expand("0 1 * * *")[0], f"the time in {name}")


def airflow_dag():
    logging.disable(logging.CRITICAL)
    specification = importlib.util.spec_from_file_location("airflow_dag", FILES / "airflow_dag.py")
    file = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(file)
    expect(file.dag.max_active_runs, 1, "max_active_runs")
    expect(file.dag.catchup, False, "catchup")
    (task,) = file.dag.tasks
    expect(task.retries, 3, "retries")
    final = module("airflow.sdk.exceptions").AirflowFailException
    ends = {0: None, 1: False, 2: True, 3: True, 4: True, 75: False, 143: False}
    for code, is_final in ends.items():
        expect(ended(file.NightlyOperator, code, final), is_final, f"whether {code} is final")


def ended(operator, code, final):
    """Runs the operator with a nightly that ends with the code: None, or whether it is not tried again."""
    with tempfile.TemporaryDirectory() as home:
        script = Path(home, "scripts", "nightly")
        script.parent.mkdir()
        script.write_text(f'#!/bin/sh\n[ "$1" = settings ] && exit {code}\n', encoding="utf-8")
        script.chmod(stat.S_IRWXU)
        try:
            operator(task_id="nightly", home=home, settings="settings").execute({})
        except Exception as failure:
            return isinstance(failure, final)
        return None


CHECKS = [
    (operator_resource, "spark-operator.yaml as a resource", ["yaml", "kubeflow_spark_api"]),
    (operator_settings, "spark-operator.yaml's settings", ["yaml"]),
    (cron_job, "kubernetes-cronjob.yaml", ["yaml", "kubernetes_validate"]),
    (databricks_job, "databricks.yml as a job", ["yaml", "databricks.sdk"]),
    (databricks_settings, "databricks.yml's settings", ["yaml"]),
    (times, "the times", ["yaml", "croniter"]),
    (airflow_dag, "airflow_dag.py", ["airflow.sdk", "airflow.providers.standard"]),
]


def missing(name):
    try:
        module(name)
    except ImportError:
        return True
    return False


def main():
    os.environ.setdefault("AIRFLOW__LOGGING__LOGGING_LEVEL", "ERROR")
    done, faults = [], 0
    for check, what, packages in CHECKS:
        absent = [name for name in packages if missing(name)]
        if absent:
            print(
                f"check-schedulers: {what} skipped, there is no {' and no '.join(absent)}"
                f" for {sys.executable}",
                file=sys.stderr,
            )
            continue
        try:
            check()
            done.append(what)
        except Exception as fault:
            faults += 1
            print(f"check-schedulers: {what}: {type(fault).__name__}: {fault}", file=sys.stderr)
    if not faults:
        print(f"check-schedulers: {', '.join(done) or 'nothing else'} found good")
    sys.exit(1 if faults else 0)


main()
