"""The ladder: one scenario at every size, and how its cost grows. Each run is a process of bench/ladder_case.cpp."""

import dataclasses
import json
import math
import statistics

from measuring import BUILD, CORES, PROJECT, run, rounded, say

CASE = BUILD / "bench/levee_ladder"
SCENARIO = "cbam_indirect"
FOLLOWED = "ets_only"  # the cap is what its covered emissions are in this scenario


@dataclasses.dataclass
class Size:
    regions: int
    sectors: int
    data: str  # "generated", or the dataset's name
    study: str = ""  # of a shipped dataset
    repeats: int = 5
    ipopt: tuple = ()  # policies that Ipopt solves as well
    ipopt_full: tuple = ()  # more of them with --full: minutes each

    @property
    def name(self):
        return f"{self.regions} x {self.sectors}"


SIZES = [
    Size(12, 20, "cbam-2011", "scenarios/eu-cbam/study.yaml", ipopt=("price", "cap")),
    Size(20, 20, "generated", ipopt=("price",), ipopt_full=("cap",)),
    Size(20, 41, "generated", ipopt_full=("price",)),
    Size(41, 46, "wiod-2011", "scenarios/wiod-2011/study.yaml"),
    Size(50, 45, "generated"),
    Size(100, 60, "generated", repeats=3),
    Size(160, 65, "generated", repeats=3),
]
QUICK_SIZES = 2


def generate(regions, sectors, folder):
    """A synthetic world in a folder; returns its study."""
    out = folder / f"{regions}x{sectors}"
    if not out.exists():
        size = ["--regions", regions, "--sectors", sectors]
        run([BUILD / "levee", "generate", *size, "--seed", 1, "--quiet", "--out", out])
    return out / "study.yaml"


def measure(study, options, repeats):
    """The repeat whose total is the median, so that its phases add up; the totals of all beside it. An answer of
    Newton's method is verified once, which may take longer than all the rest."""
    runs = []
    for k in range(repeats):
        verify = ["--verify"] if k == 0 and "newton" in options else []
        runs.append(json.loads(run([CASE, study, *options, *verify]).output))
    verification = runs[0]["verification"]
    runs.sort(key=lambda one: one["seconds"]["total"])
    totals = [rounded(one["seconds"]["total"]) for one in runs]
    case = runs[len(runs) // 2]
    case["seconds"] = {phase: rounded(seconds) for phase, seconds in case["seconds"].items()}
    for key in ("peak_mib", "table_mib"):
        case[key] = round(case[key], 1)
    if verification:
        verification["seconds"] = rounded(verification["seconds"])
    return {**case, "verification": verification, "totals": totals}


def wanted(size, quick, full):
    """What is measured at a size: solver, threads, policy, repeats."""
    repeats = 1 if quick else size.repeats
    for policy in ("price", "cap"):
        yield "newton", CORES, policy, repeats
        if size is SIZES[-1]:
            yield "newton", 1, policy, 1
        if policy in size.ipopt:
            yield "ipopt", 1, policy, min(repeats, 3)
        elif full and policy in size.ipopt_full:
            yield "ipopt", 1, policy, 1


def climb(size, study, quick, full):
    """The cases of one size."""
    followed = measure(study, ["--scenario", FOLLOWED, "--threads", CORES], 1)
    held = {"price": [], "cap": ["--cap", followed["covered_mt"]]}
    for solver, threads, policy, repeats in wanted(size, quick, full):
        compare = ["--compare"] if solver == "ipopt" else []
        command = ["--scenario", SCENARIO, "--solver", solver, "--threads", threads, *compare, *held[policy]]
        case = measure(study, command, repeats)
        seconds, peak = case["seconds"]["total"], case["peak_mib"]
        say(f"  {size.name} {policy}, {solver}, threads: {threads}: {seconds:.3g} s, {peak:.0f} MiB")
        yield {"size": size.name, "data": size.data, "policy": policy, **case}


def exponent(cases, key):
    """Of cost in `key`, by least squares in logarithms."""
    points = [(math.log(case[key]), math.log(case["seconds"]["total"])) for case in cases]
    return rounded(statistics.linear_regression(*zip(*points)).slope)


def growth(cases):
    """How the cost from the benchmark to the solution grows over the ladder."""
    result = {}
    for policy in ("price", "cap"):
        chosen = [c for c in cases if c["policy"] == policy and c["solver"] == "newton" and c["threads"] == CORES]
        result[policy] = {key: exponent(chosen, key) for key in ("nonzeros", "trade_flows", "unknowns")}
    return result


def ladder(folder, quick, full):
    cases = []
    for size in SIZES[:QUICK_SIZES] if quick else SIZES:
        study = PROJECT / size.study if size.study else generate(size.regions, size.sectors, folder)
        cases += climb(size, study, quick, full)
    return {"cases": cases, "growth": growth(cases)}
