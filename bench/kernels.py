"""Kernels one by one: bench/*_bench.cpp through Google Benchmark."""

import json
import re
import tempfile

from measuring import BUILD, Failure, rounded, run, say


def kernels(quick):
    """Median seconds of each kernel on each world, by number of threads where it has a choice."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        repeats = [] if quick else ["--benchmark_repetitions=3"]
        run(
            [BUILD / "bench/levee_bench", "--benchmark_out_format=json", f"--benchmark_out={out.name}", *repeats]
            + [f"--benchmark_min_time={0.01 if quick else 0.2}", "--benchmark_color=false"]
        )
        measured = json.load(out)["benchmarks"]
    results = {}
    for one in measured:
        if one.get("aggregate_name", "median") != "median" or (not quick and one["run_type"] != "aggregate"):
            continue
        if one.get("error_occurred"):
            raise Failure(f"{one['name']}: {one['error_message']}")
        kernel, world, *rest = one["run_name"].split("/")
        threads = re.match(r"threads:(\d+)$", rest[0]) if rest else None
        entry = results.setdefault((kernel, world), {"kernel": kernel, "world": world, "seconds": {}})
        entry["seconds"][threads.group(1) if threads else "1"] = rounded(one["real_time"] * 1e-6)
    say(f"  {len(results)} kernels")
    return list(results.values())
