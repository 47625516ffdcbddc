"""The two processes that ``alongside serve`` starts: the web server, and the task worker.

Each lives only while the supervisor does: its standard input is a pipe whose other end the supervisor holds, so that
even a supervisor that was killed outright takes them along.
"""

import logging
import os
import signal
import sys
import threading
import time

from alongside.config.environment import read_environment

SECONDS_TO_END = 10
THREADS_PER_WORKER = 4
WAITING_CONNECTIONS = 1024


def main() -> None:
    """Run the process that the one argument names, until it is told to end."""
    threading.Thread(target=_end_with_the_supervisor, daemon=True).start()
    {"web": run_web_server, "tasks": run_task_worker}[sys.argv[1]]()


def run_web_server() -> None:
    """Serve pages. There is no access log: it would tell who looked for help, and when."""
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    environment = read_environment()
    Granian(
        "alongside.config.wsgi:application",
        address=environment.host,
        port=environment.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=environment.workers,
        blocking_threads=THREADS_PER_WORKER,
        backlog=WAITING_CONNECTIONS,
        log_access=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=SECONDS_TO_END // 2,
    ).serve()


def run_task_worker() -> None:
    """Run background tasks, one at a time. Only failures are logged."""
    import django
    from django.core.management import call_command

    django.setup()
    for name in ("django_tasks", "django_tasks_db"):
        logging.getLogger(name).addFilter(lambda record: record.levelno >= logging.ERROR)
    call_command("db_worker", queue_name="*", reload=False)


def _end_with_the_supervisor() -> None:
    # Not through `sys.stdin`, whose lock would be held in the processes that the web server forks.
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(SECONDS_TO_END)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
