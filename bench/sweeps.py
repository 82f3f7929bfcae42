"""Whole studies and sweeps through the programs themselves, files read and written included."""

import filecmp
import json
import os
import shutil

from ladder import generate
from measuring import BUILD, CORES, PROJECT, Failure, rounded, run, say

LEVEE = BUILD / "levee"
SWEEP = PROJECT / "bench/sweep.yaml"
SHARDS = 4
RANKS = 2
QUICK_MEMBERS = 20
UNSOLVED_TOO = (0, 2)  # exit statuses


def scenarios_of(folder, file="summary.json"):
    return json.loads((folder / file).read_text(encoding="utf-8"))["scenarios"]


def unsolved_in(scenarios):
    return sum(scenario["status"] != "solved" for scenario in scenarios)


def levee_run(study, out, *options):
    """With Newton's method. Scenarios without a solution are counted later, they are no failure here."""
    return run([LEVEE, "run", study, "--solver", "newton", "--quiet", "--out", out, *options], UNSOLVED_TOO)


def results(folder, done):
    """What a run left, with what it took."""
    scenarios = scenarios_of(folder)
    return {"scenarios": len(scenarios), "unsolved": unsolved_in(scenarios), **done.figures()}


def studies(folder, quick):
    """Studies at a carbon price, scenario by scenario."""
    cases = {"wiod-2011": PROJECT / "scenarios/wiod-2011/study.yaml", "20 x 41 generated": generate(20, 41, folder)}
    if quick:
        cases = {"20 x 20 generated": generate(20, 20, folder)}
    measured = []
    for name, study in cases.items():
        out = folder / "study"
        done = levee_run(study, out, "--no-decompose", "--force")
        slowest = max(scenario["seconds"] for scenario in scenarios_of(out, "run.json"))
        measured.append({"study": name, **results(out, done), "slowest": rounded(slowest)})
        say(f"  {name}: {measured[-1]['scenarios']} scenarios in {done.wall:.3g} s")
    return measured


def same_tables(one, other):
    """Whether two runs' tables are equal to the byte."""
    names = sorted(path.name for path in (one / "tables").iterdir())
    if names != sorted(path.name for path in (other / "tables").iterdir()):
        return False
    return all(filecmp.cmp(one / "tables" / name, other / "tables" / name, shallow=False) for name in names)


class Sweep:
    """The sweep on one machine, whose tables stay until the others have been compared with them."""

    def __init__(self, folder, quick):
        self.folder = folder
        self.study = SWEEP
        if quick:
            self.study = folder / "sweep.yaml"
            text = f"extends: {SWEEP}\nstudy: quick-sweep\nensemble: {{members: {QUICK_MEMBERS}}}\n"
            self.study.write_text(text, encoding="utf-8")
        self.whole = folder / "sweep"

    def at_once(self):
        return results(self.whole, levee_run(self.study, self.whole))

    def with_mpi(self):
        out = self.folder / "sweep-mpi"
        root = ["--allow-run-as-root"] if os.geteuid() == 0 else []
        launch = ["mpirun", *root, "--oversubscribe", "--bind-to", "none", "-n", RANKS]
        done = run([*launch, BUILD / "levee-mpi", self.study, "--quiet", "--out", out], UNSOLVED_TOO)
        return {"ranks": RANKS, **self.compared(out, done.figures())}

    def in_shards(self):
        parts = [self.folder / f"sweep-{k}" for k in range(1, SHARDS + 1)]
        wall = [levee_run(self.study, part, "--shard", f"{k}/{SHARDS}").wall for k, part in enumerate(parts, 1)]
        out = self.folder / "sweep-merged"
        merge = run([LEVEE, "merge", *parts, "--quiet", "--out", out])
        for part in parts:
            shutil.rmtree(part)
        figures = {"wall": rounded(sum(wall) + merge.wall), "longest": rounded(max(wall)), "merge": rounded(merge.wall)}
        return {"shards": SHARDS, **self.compared(out, figures)}

    def compared(self, out, figures):
        scenarios = scenarios_of(out)
        same = same_tables(self.whole, out)
        shutil.rmtree(out)
        return {"scenarios": len(scenarios), "unsolved": unsolved_in(scenarios), **figures, "same_tables": same}


def sweep(folder, quick):
    """The thousand scenarios in one process, over MPI ranks and in shards."""
    study = Sweep(folder, quick)
    measured = {"threads": CORES}
    for way, call in {"at_once": study.at_once, "mpi": study.with_mpi, "shards": study.in_shards}.items():
        if way == "mpi" and not (BUILD / "levee-mpi").is_file():
            say("  levee-mpi was not built here: left out")
            measured[way] = None
            continue
        measured[way] = call()
        say(f"  {way}: {measured[way]['scenarios']} scenarios in {measured[way]['wall']:.3g} s")
        if not measured[way].get("same_tables", True):
            raise Failure(f"the sweep's tables differ: {way}")
    return measured
