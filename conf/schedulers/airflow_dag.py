"""Runs scripts/nightly every night on an Airflow worker.

For Airflow 3, with apache-airflow-providers-standard. Copy this file into the DAGs folder. To
change: HOME and SETTINGS, which have to be on the worker, and the schedule.

The operator is one of its own for the sake of exit codes: SparkSubmitOperator and BashOperator
retry whatever failed. A retry after 3 or 4 would hide an alert, since it labels only what is new
and so ends with 0; one after 2 would be refused again.
"""

from datetime import datetime, timedelta, timezone

from airflow.providers.standard.hooks.subprocess import SubprocessHook
from airflow.sdk import DAG, BaseOperator
from airflow.sdk.exceptions import AirflowException, AirflowFailException

HOME = "/opt/bingoguard"
SETTINGS = "/etc/bingoguard/nightly.env"

NOT_BETTER_BY_A_RETRY = {
    2: "it was not begun",
    3: "the audit found an alarm, or files could not be read",
    4: "too many exchanges came out as errors",
}


class NightlyOperator(BaseOperator):
    """Runs scripts/nightly, whose output goes to the task's log."""

    template_fields = ("settings",)

    def __init__(self, *, home, settings, **arguments):
        super().__init__(**arguments)
        self.home = home
        self.settings = settings
        self.process = SubprocessHook()

    def execute(self, context):
        command = [f"{self.home}/scripts/nightly", self.settings]
        code = self.process.run_command(command, cwd=self.home).exit_code
        if code in NOT_BETTER_BY_A_RETRY:
            reason = NOT_BETTER_BY_A_RETRY[code]
            raise AirflowFailException(f"nightly ended with {code}: {reason}")
        if code != 0:
            raise AirflowException(f"nightly ended with {code}")

    def on_kill(self):
        self.process.send_sigterm()


with DAG(
    dag_id="bingoguard_nightly",
    schedule="0 1 * * *",
    start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
    # One writer an output. What a missed night would have labelled, the next one labels.
    max_active_runs=1,
    catchup=False,
) as dag:
    NightlyOperator(
        task_id="nightly",
        home=HOME,
        settings=SETTINGS,
        retries=3,
        retry_delay=timedelta(minutes=10),
    )
