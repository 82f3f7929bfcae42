"""The tables of docs/performance.md, written of the figures between their marks."""

import re

from measuring import PROJECT

PAGE = PROJECT / "docs/performance.md"
PHASES = ["reading", "calibration", "model", "equations", "residual", "jacobian", "factors", "krylov", "outcome"]
PHASES += ["tables"]
LARGEST = "160 x 65"


def seconds(value):
    """Three digits, without exponents."""
    if value < 0.001:
        return f"{value:.5f}"
    return f"{value:.3f}" if value < 1 else f"{value:.3g}" if value < 1000 else f"{value:.0f}"


def small(value):
    return f"{value:.0e}"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]


def newton(results, threads=None):
    threads = threads or results["machine"]["cores"]
    return [case for case in results["ladder"]["cases"] if case["solver"] == "newton" and case["threads"] == threads]


def case_of(cases, **wanted):
    return next(case for case in cases if all(case[key] == value for key, value in wanted.items()))


def machine(results):
    here, build = results["machine"], results["build"]
    return [
        f"Measured on {results['date']}: {here['processor']}, {here['cores']} cores, {here['memory_gib']} GiB,",
        f"{here['system']};",
        f"levee {build['version']} built by `{build['compiler']}` with `{build['options']}`.",
    ]


def world(case):
    return f"{case['size']} {'' if case['data'] == 'generated' else case['data']}".strip()


def verdict(verification):
    return f"{'yes' if verification['agreed'] else 'no'} ({seconds(verification['seconds'])})"


def ladder(results):
    head = ["regions x sectors", "held", "unknowns", "non-zeros", "trade flows", "Newton steps", "Krylov iterations"]
    head += ["seconds", "peak MiB", "residual", "Walras", "Ipopt agrees (seconds)"]
    rows = [
        [world(case), case["policy"], f"{case['unknowns']:,}", f"{case['nonzeros']:,}", f"{case['trade_flows']:,}"]
        + [case["iterations"], case["krylov"], f"**{seconds(case['seconds']['total'])}**", f"{case['peak_mib']:,.0f}"]
        + [small(case["residual"]), small(case["walras"]), verdict(case["verification"])]
        for case in newton(results)
    ]
    return table(head, rows)


def phases(results):
    rows = [
        [world(case)] + [seconds(case["seconds"][phase]) for phase in PHASES]
        for case in newton(results)
        if case["policy"] == "cap"
    ]
    names = {"krylov": "Krylov", "jacobian": "Jacobian"}
    return table(["regions x sectors"] + [names.get(phase, phase) for phase in PHASES], rows)


def growth(results):
    by = results["ladder"]["growth"]
    rows = [
        [policy, f"{by[policy]['nonzeros']:.2f}", f"{by[policy]['trade_flows']:.2f}", f"{by[policy]['unknowns']:.2f}"]
        for policy in ("price", "cap")
    ]
    return table(["held", "power of non-zeros", "power of trade flows", "power of unknowns"], rows)


def ipopt(results):
    rows = []
    for case in results["ladder"]["cases"]:
        if case["solver"] != "ipopt":
            continue
        other = case_of(newton(results), size=case["size"], policy=case["policy"])
        rows.append(
            [world(case), case["policy"], case["iterations"], seconds(case["seconds"]["total"])]
            + [seconds(other["seconds"]["total"]), f"{case['peak_mib']:,.0f}", f"{other['peak_mib']:,.0f}"]
            + [small(case["difference_from_newton"])]
        )
    head = ["regions x sectors", "held", "Ipopt's iterations", "seconds, Ipopt", "seconds, Newton", "peak MiB, Ipopt"]
    return table(head + ["peak MiB, Newton", "largest difference"], rows)


def threads(results):
    cores = results["machine"]["cores"]
    rows = []
    for policy in ("price", "cap"):
        cases = [case_of(newton(results, count), size=LARGEST, policy=policy)["seconds"] for count in (1, cores)]
        rows.append([policy] + [seconds(case[part]) for part in ("total", "solve") for case in cases])
    head = ["seconds, 1 thread", f"{cores} threads", "of which the solve, 1 thread", f"{cores} threads"]
    return table(["held"] + head, rows)


def studies(results):
    rows = [
        [one["study"], one["scenarios"], one["unsolved"], seconds(one["wall"]), seconds(one["cpu"])]
        + [seconds(one["wall"] / one["scenarios"]), seconds(one["slowest"]), f"{one['peak_mib']:,}"]
        for one in results["studies"]
    ]
    head = ["study", "scenarios", "unsolved", "seconds", "of all cores", "a scenario", "the slowest", "peak MiB"]
    return table(head, rows)


def sweep(results):
    measured = results["sweep"]
    at_once, mpi, shards = measured["at_once"], measured["mpi"], measured["shards"]
    rows = [["`levee run`", at_once["unsolved"], seconds(at_once["wall"]), seconds(at_once["cpu"]), ""]]
    if mpi:
        way = f"`levee-mpi`, {mpi['ranks']} ranks"
        rows.append([way, mpi["unsolved"], seconds(mpi["wall"]), seconds(mpi["cpu"]), "yes"])
    way = f"{shards['shards']} shards one after the other, merged"
    rows.append([way, shards["unsolved"], seconds(shards["wall"]), "", "yes"])
    return table(["way", "unsolved", "seconds", "seconds of all cores", "same tables to the byte"], rows)


def footprints(results):
    rows = [
        [f"{one['nodes']:,}", one["stressors"], seconds(one["levee"]["seconds"]), seconds(one["inverse"]["seconds"])]
        + [f"{one['inverse']['seconds'] / one['levee']['seconds']:.1f}"]
        + [f"{one['levee']['peak_mib']:,}", f"{one['inverse']['peak_mib']:,}"]
        + [one["sweeps"], small(one["error_bound"]), small(one["difference"])]
        for one in results.get("footprints", [])
    ]
    head = ["nodes", "stressors", "seconds", "by the inverse", "times faster", "peak MiB", "by the inverse"]
    return table(head + ["sweeps", "proven error", "largest difference"], rows) if rows else []


def kernels(results):
    worlds = list(dict.fromkeys(one["world"] for one in results["kernels"]))
    names = dict.fromkeys(one["kernel"] for one in results["kernels"])
    found = {(one["kernel"], one["world"]): one["seconds"] for one in results["kernels"]}

    def cell(name, where):
        return " / ".join(f"{1000 * value:.3g}" for value in found.get((name, where), {}).values())

    return table(["milliseconds"] + worlds, [[name] + [cell(name, where) for where in worlds] for name in names])


def aims(results):
    """What it must show, and what was measured: (what, at most, measured, met)."""

    def limit(what, most, measured, unit):
        return what, f"{most:g} {unit}".strip(), f"{measured:.3g} {unit}".strip(), measured <= most

    def same(what, way):
        measured = results["sweep"][way]["same_tables"]
        return what, "the same", "the same" if measured else "others", measured

    largest = case_of(newton(results), size=LARGEST, policy="cap")
    real, small_world = results["studies"]
    powers = [by["nonzeros"] for by in results["ladder"]["growth"].values()]
    at_once = results["sweep"]["at_once"]
    agreed = all(case["verification"]["agreed"] for case in newton(results))
    rows = [
        limit("160 x 65 under a cap, from the benchmark to the solution", 10, largest["seconds"]["total"], "s"),
        limit("its peak memory", 2, largest["peak_mib"] / 1024, "GiB"),
        limit("its largest residual", 1e-8, largest["residual"], ""),
        limit("41 x 46, the price scenarios of the study, files included", 10, real["wall"], "s"),
        limit("20 x 41, a scenario, files included", 1, small_world["wall"] / small_world["scenarios"], "s"),
        limit("growth of cost over the ladder, power of non-zeros", 1.15, max(powers), ""),
        ("Ipopt takes Newton's answers for solutions", "all", "all" if agreed else "not all", agreed),
        limit("a sweep of 1,000 scenarios", 60, at_once["wall"], "s"),
        limit("of them unsolved", 0, at_once["unsolved"], ""),
        same("the sweep in shards, merged: tables", "shards"),
    ]
    if results["sweep"]["mpi"]:
        rows.append(same("the sweep over MPI: tables", "mpi"))
    return rows + footprint_aims(results)


def footprint_aims(results):
    """Against the explicit inverse, at the largest size."""
    if not results.get("footprints"):
        return []
    ours, inverse = (results["footprints"][-1][way] for way in ("levee", "inverse"))
    what = f"footprints of {results['footprints'][-1]['nodes']:,} nodes over those by an explicit inverse: "
    shares = {"seconds": (1 / 10, "seconds"), "memory": (1 / 3, "peak_mib")}
    return [
        (what + name, f"{most:.3g}", f"{ours[key] / inverse[key]:.3g}", ours[key] / inverse[key] <= most)
        for name, (most, key) in shares.items()
    ]


def aim_table(results):
    return table(["what", "at most", "measured"], [row[:3] for row in aims(results)])


def verdicts(results):
    rows = aims(results)
    return [f"{'met' if met else 'NOT MET':8}{what}: {found} (at most {most})" for what, most, found, met in rows]


NOTHING_MEASURED = ["**Nothing is measured yet**: `scripts/bench` fills the tables of this page."]

SECTIONS = {
    "machine": machine,
    "aims": aim_table,
    "ladder": ladder,
    "phases": phases,
    "growth": growth,
    "ipopt": ipopt,
    "threads": threads,
    "studies": studies,
    "sweep": sweep,
    "footprints": footprints,
    "kernels": kernels,
}


def filled(results):
    """The page with every section written anew, empty without results; each must stand in it once."""
    text = PAGE.read_text(encoding="utf-8")
    for name, section in SECTIONS.items():
        begin, end = f"<!-- measured: {name} -->\n", f"<!-- end: {name} -->"
        lines = section(results) if results else NOTHING_MEASURED if section is machine else []
        body = "\n" + "\n".join(lines) + "\n\n" if lines else ""
        pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
        text, count = pattern.subn(lambda _, whole=begin + body + end: whole, text)
        if count != 1:
            raise ValueError(f"{PAGE}: section {name} stands {count} times in it")
    return text


def write(results):
    PAGE.write_text(filled(results), encoding="utf-8")


def is_current(results):
    return PAGE.read_text(encoding="utf-8") == filled(results)
