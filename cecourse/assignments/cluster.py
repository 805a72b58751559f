"""Runs tasks on a cluster of `dask.distributed`, which is imported only when it is used."""

import importlib.util
import socket
from itertools import islice

AHEAD = 4  # tasks submitted for each thread of the cluster; the others wait here, not in the scheduler


class ClusterError(Exception):
    """Why the cluster cannot be used, in words for the teaching assistant."""


def map_tasks(address, function, tasks, check):
    """Pairs of a key and the function's result, or the exception of a task that was lost, as they finish.

    `tasks` are arguments by key; `check`, a function and its arguments, tells on each worker what is missing
    there, or None."""
    from dask.distributed import as_completed

    with connected(address) as client:
        _expect_workers(client, address, check)
        left = iter(tasks.items())

        def submit(most):
            for key, arguments in islice(left, most):
                yield client.submit(function, *arguments, key=key, pure=False)

        ahead = AHEAD * sum(client.nthreads().values())
        finished = as_completed(list(submit(ahead)), with_results=True, raise_errors=False)
        for task, result in finished:
            yield task.key, result[1] if task.status == "error" else result
            finished.update(list(submit(1)))


def connected(address):
    """A client of the scheduler at this address."""
    if importlib.util.find_spec("distributed") is None:
        raise ClusterError(
            "--scheduler was given, but the package distributed is not installed here; expected it here and "
            "on each worker. Install it (pip install distributed), or leave --scheduler out."
        )
    from dask.distributed import Client
    from distributed.comm import get_address_host_port

    try:
        socket.create_connection(get_address_host_port(address), 5).close()
        return Client(address, timeout="10s")
    except (OSError, ValueError, TypeError) as error:
        raise ClusterError(
            f"--scheduler {address} was given, but no scheduler answers there ({error}); expected the "
            "address that dask scheduler prints when it starts, such as tcp://10.0.0.1:8786. Check the "
            "address, and that the scheduler runs."
        ) from None


def _expect_workers(client, address, check):
    """A cluster without workers would wait for ever; one where something is missing would fail each task."""
    if not client.nthreads():
        raise ClusterError(
            f"--scheduler {address} was given, but it has no workers; expected at least one. Start one: dask "
            f"worker {address}"
        )
    function, *arguments = check
    try:
        answers = client.run(function, *arguments)
    except Exception as error:
        raise ClusterError(
            f"A worker of {address} cannot grade ({error}); expected this course and its packages there. "
            "Install on each worker what is installed here."
        ) from None
    for worker, missing in answers.items():
        if missing:
            raise ClusterError(f"The worker {worker} cannot grade. {missing}")
