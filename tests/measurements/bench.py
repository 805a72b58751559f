"""How fast and how small: the module beside PyTorch, SciPy and scikit-learn, where they are installed.

`make bench` prints a table and writes it to build/bench/. All libraries run on one thread, in turn, so that a
busy machine slows them alike; a ratio compares the processor's time of the quickest runs, and is above 1
where the module is slower. One class stands for binary losses.
Memory is the peak of new arrays over the size of the input, as tracemalloc sees NumPy's.
"""

import platform
import tracemalloc
from collections.abc import Callable, Iterator
from importlib import metadata, util
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np

import cecourse as ce

SIZES = ((10**4, 10), (1000, 1000), (10**5, 1), (10**6, 1))
PEERS = ("torch", "scipy", "sklearn")
Run = Callable[[], Any]


def installed(name: str) -> bool:
    return util.find_spec(name) is not None


def quickest(runs: dict[str, Run], seconds: float = 1.5) -> dict[str, float]:
    """The quickest time of each, run in turn."""
    best = dict.fromkeys(runs, np.inf)
    stop = perf_counter() + seconds * len(runs)
    rounds = 0
    while rounds < 5 or (perf_counter() < stop and rounds < 2000):
        rounds += 1
        for name, run in runs.items():
            start = process_time()
            run()
            best[name] = min(best[name], process_time() - start)
    return best


def peak(run: Run) -> int:
    """Bytes of new arrays at the worst moment."""
    run()
    tracemalloc.start()
    run()
    bytes_ = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return bytes_


def torch_runs(z: np.ndarray, labels: np.ndarray, y: np.ndarray) -> dict[str, Run]:
    import torch
    from torch.nn import functional

    torch.set_num_threads(1)
    logits, targets, binary = map(torch.from_numpy, (z, labels, y))
    leaf = logits.clone().requires_grad_()

    def with_gradient(loss: Any, truth: Any) -> Run:
        def value_and_gradient() -> None:
            leaf.grad = None
            loss(leaf, truth).backward()

        return value_and_gradient

    binary_loss = functional.binary_cross_entropy_with_logits
    return {
        "softmax": lambda: torch.softmax(logits, -1),
        "log_softmax": lambda: torch.log_softmax(logits, -1),
        "logsumexp": lambda: torch.logsumexp(logits, -1),
        "loss": lambda: functional.cross_entropy(logits, targets),
        "loss and gradient": with_gradient(functional.cross_entropy, targets),
        "binary loss": lambda: binary_loss(logits, binary),
        "binary and gradient": with_gradient(binary_loss, binary),
    }


def scipy_runs(z: np.ndarray, labels: np.ndarray, y: np.ndarray) -> dict[str, Run]:
    from scipy import special

    rows = np.arange(len(z))
    return {
        "softmax": lambda: special.softmax(z, -1),
        "log_softmax": lambda: special.log_softmax(z, -1),
        "logsumexp": lambda: special.logsumexp(z, -1),
        "loss": lambda: -special.log_softmax(z, -1)[rows, labels].mean(),
        "binary loss": lambda: -(y * special.log_expit(z) + (1 - y) * special.log_expit(-z)).mean(),
    }


def sklearn_runs(z: np.ndarray, labels: np.ndarray, y: np.ndarray) -> dict[str, Run]:
    from sklearn.metrics import log_loss

    q, classes = ce.softmax(z), np.arange(z.shape[1])
    return {"loss": lambda: log_loss(labels, q, labels=classes)}


def our_runs(z: np.ndarray, labels: np.ndarray, y: np.ndarray) -> dict[str, Run]:
    if z.shape[1] == 1:
        return {
            "binary loss": lambda: ce.binary_cross_entropy_from_logits(z, y),
            "binary and gradient": lambda: ce.binary_cross_entropy_from_logits_value_and_grad(z, y),
        }
    return {
        "softmax": lambda: ce.softmax(z),
        "log_softmax": lambda: ce.log_softmax(z),
        "logsumexp": lambda: ce.logsumexp(z),
        "loss": lambda: ce.cross_entropy_from_logits(z, labels),
        "loss and gradient": lambda: ce.cross_entropy_from_logits_value_and_grad(z, labels),
    }


MAKERS = {"torch": torch_runs, "scipy": scipy_runs, "sklearn": sklearn_runs}


def rows(peers: list[str]) -> Iterator[tuple[str, str, int, int, float, list[float], float]]:
    """One row a task, dtype and size: nanoseconds for each number, the ratios to the peers, the memory."""
    rng = np.random.default_rng(0)
    for dtype in (np.float64, np.float32):
        for samples, classes in SIZES:
            z = rng.normal(size=(samples, classes)).astype(dtype)
            labels = rng.integers(classes, size=samples)
            y = (rng.random(z.shape) < 0.5).astype(dtype)
            runs = {peer: MAKERS[peer](z, labels, y) for peer in peers}
            for task, ours in our_runs(z, labels, y).items():
                theirs = {peer: tasks[task] for peer, tasks in runs.items() if task in tasks}
                best = quickest({"ours": ours, **theirs})
                ratios = [best["ours"] / best.get(peer, np.nan) for peer in peers]
                yield (
                    task,
                    np.dtype(dtype).name,
                    samples,
                    classes,
                    1e9 * best["ours"] / z.size,
                    ratios,
                    peak(ours) / z.nbytes,
                )


def versions(peers: list[str]) -> str:
    names = {"sklearn": "scikit-learn"}
    packages = [f"{name} {metadata.version(names.get(name, name))}" for name in ("numpy", *peers)]
    return f"{platform.machine()}, Python {platform.python_version()}, {', '.join(packages)}"


def main() -> None:
    peers = [peer for peer in PEERS if installed(peer)]
    out = Path(__file__).resolve().parents[2] / "build" / "bench"
    out.mkdir(parents=True, exist_ok=True)
    with (out / "bench.txt").open("w") as file:

        def tell(line: str) -> None:
            print(line, flush=True)
            file.write(line + "\n")

        tell(f"One thread; {versions(peers)}. Time: nanoseconds a number; ratios: our time over the peer's.")
        tell(
            f"{'task':20}{'dtype':9}{'N':>9}{'C':>7}{'time':>8}"
            + "".join(f"{p:>9}" for p in peers)
            + f"{'memory':>9}"
        )
        all_ratios = []
        for task, dtype, samples, classes, time, ratios, memory in rows(peers):
            numbers = "".join("        -" if np.isnan(r) else f"{r:9.2f}" for r in ratios)
            tell(f"{task:20}{dtype:9}{samples:9}{classes:7}{time:8.2f}{numbers}{memory:9.3f}")
            all_ratios.append(ratios)
        for peer, column in zip(peers, np.transpose(all_ratios), strict=True):
            known = column[~np.isnan(column)]
            mean, worst = np.exp(np.log(known).mean()), known.max()
            tell(f"Against {peer}: geometric mean {mean:.2f}, largest {worst:.2f}.")


if __name__ == "__main__":
    main()
