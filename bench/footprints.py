"""Consumption-based accounts of dense tables, beside the explicit inverse that programs in numpy take."""

import json

from measuring import BUILD, CORES, Failure, median_of, rounded, run, say

FOOTPRINT = BUILD / "bench/levee_footprint"
SECTORS = 200
STRESSORS = 50
AGREEMENT = 1e-9


def case(regions, method, stressors):
    options = ["--regions", regions, "--sectors", SECTORS, "--stressors", stressors, "--threads", CORES]
    return json.loads(run([FOOTPRINT, *options, "--method", method]).output)


def difference(one, other):
    """The largest of the regions' accounts, relative."""
    return max(abs(a / b - 1) for a, b in zip(one["consumption"], other["consumption"]))


def footprints(quick):
    """Each method in a process of its own, so that peaks of memory are its own."""
    measured = []
    for regions in [2] if quick else [20, 40]:
        stressors = 5 if quick else STRESSORS
        ours = median_of(lambda: case(regions, "levee", stressors), 1 if quick else 3)
        inverse = case(regions, "inverse", stressors)
        apart = difference(ours, inverse)
        if not apart <= AGREEMENT:
            raise Failure(f"footprints of {ours['nodes']} nodes: the methods differ by {apart:.1e}")
        one = {"nodes": ours["nodes"], "regions": regions, "stressors": stressors, "sweeps": ours["sweeps"]}
        one |= {"error_bound": rounded(ours["error"]), "difference": rounded(apart)}
        for name, done in {"levee": ours, "inverse": inverse}.items():
            one[name] = {"seconds": rounded(done["seconds"]), "peak_mib": round(done["peak_mib"])}
        measured.append(one)
        say(f"  {one['nodes']} nodes: {ours['seconds']:.3g} s, by the inverse {inverse['seconds']:.3g} s")
    return measured
