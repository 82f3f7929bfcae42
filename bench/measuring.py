"""Processes with what they took, and the machine they ran on."""

import os
import pathlib
import re
import subprocess
import time

PROJECT = pathlib.Path(__file__).resolve().parent.parent
BUILD = PROJECT / "build/release"
CORES = len(os.sched_getaffinity(0))


class Failure(Exception):
    """A command that did not do what it should."""


class Done:
    """A process that ended well: its output, seconds on the clock and of all its cores, and its peak memory."""

    def __init__(self, output, wall, usage):
        self.output = output
        self.wall = wall
        self.cpu = usage.ru_utime + usage.ru_stime
        self.peak_mib = usage.ru_maxrss / 1024

    def figures(self):
        return {"wall": rounded(self.wall), "cpu": rounded(self.cpu), "peak_mib": round(self.peak_mib)}


def run(command, accepted=(0,)):
    """Runs a command from the project's folder. Processes that it starts and waits for count too."""
    begin = time.monotonic()
    # Only this process may collect the child: its usage comes with it.
    with subprocess.Popen([str(part) for part in command], cwd=PROJECT, stdout=subprocess.PIPE, text=True) as process:
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - begin
    if process.returncode not in accepted:
        raise Failure(f"{' '.join(map(str, command))} ended with exit status {process.returncode}\n{output[-4000:]}")
    return Done(output, wall, usage)


def median_of(measure, times):
    """The measurement with the median seconds."""
    return sorted((measure() for _ in range(times)), key=lambda done: done["seconds"])[times // 2]


def rounded(value):
    """Four significant digits: more is noise."""
    return float(f"{value:.4g}")


def say(text):
    print(text, flush=True)


def build():
    """The programs; returns how they were built."""
    run(["cmake", "--preset", "release", "--log-level=WARNING"])
    programs = ["levee", "levee_bench", "levee_ladder", "levee_footprint"]
    # Only where CMake found MPI.
    if "build levee-mpi:" in (BUILD / "build.ninja").read_text(encoding="utf-8"):
        programs.append("levee-mpi")
    run(["cmake", "--build", "--preset", "release", "--target", *programs])
    cache = (BUILD / "CMakeCache.txt").read_text(encoding="utf-8")

    def cached(key):
        found = re.search(rf"^{key}:\w+=(.*)$", cache, re.MULTILINE)
        return found.group(1) if found else ""

    compiler = run([cached("CMAKE_CXX_COMPILER"), "--version"]).output.splitlines()[0]
    version = re.search(r"project\(levee VERSION (\S+)", (PROJECT / "CMakeLists.txt").read_text(encoding="utf-8"))
    options = f"{cached('CMAKE_CXX_FLAGS')} {cached('CMAKE_CXX_FLAGS_RELEASE')}".strip()
    return {"version": version.group(1), "compiler": compiler, "options": options}


def machine():
    """Processor, cores, memory and system, by no name of its own."""
    processor = re.search(r"^model name\s*: (.*)$", pathlib.Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    memory = re.search(r"^MemTotal:\s*(\d+) kB$", pathlib.Path("/proc/meminfo").read_text(), re.MULTILINE)
    system = re.search(r'^PRETTY_NAME="(.*)"$', pathlib.Path("/etc/os-release").read_text(), re.MULTILINE)
    return {
        "processor": processor.group(1).strip() if processor else "unknown",
        "cores": CORES,
        "memory_gib": round(int(memory.group(1)) / 2**20, 1) if memory else None,
        "system": system.group(1) if system else "unknown",
    }
