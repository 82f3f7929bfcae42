#!/usr/bin/env python3
"""The schemas of data/schema are sound, describe every key, and accept every YAML file that ships or stands in the docs.

Usage: check_schemas.py PROJECT
"""

import json
import pathlib
import re
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """YAML 1.2 as levee reads it: NO is a text, 1e-7 a number."""

    yaml_implicit_resolvers = {}


Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(~|null|)$"), ["~", "n", ""])
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"), list("tf"))
Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$"), list("-+.0123456789")
)
Loader.add_implicit_resolver("tag:yaml.org,2002:merge", re.compile(r"^<<$"), ["<"])
Loader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))

KINDS = {
    "economy": ("commodities", "activities"),
    "study": ("study", "scenarios", "sweep"),
    "import": ("import",),
    "aggregation": ("aggregation",),
    "balance": ("balance",),
    "split": ("split",),
    "rules": ("tables",),
    "plant": ("allowances",),
    "firm": ("cost",),
    "dataset": ("regions",),
}
faults = []


def with_text_keys(value):
    """Keys are texts, as levee reads them: also a year."""
    if isinstance(value, dict):
        return {str(key): with_text_keys(entry) for key, entry in value.items()}
    return [with_text_keys(entry) for entry in value] if isinstance(value, list) else value


def kind_of(document):
    for kind, keys in KINDS.items():
        if any(key in document for key in keys):
            return kind
    return None


def maps_of(schema):
    """The document's own map and those of its definitions."""
    yield schema["title"], schema
    for name, definition in schema["$defs"].items():
        if "properties" in definition:
            yield f"{schema['title']}/{name}", definition


def is_a_number(entry):
    return "number" in json.dumps(entry.get("type", ""))


def check_described(schema):
    for name, entry in maps_of(schema):
        if entry.get("additionalProperties") is not False:
            faults.append(f"{name}: unknown keys are not refused")
        for key, value in entry["properties"].items():
            where = f"{name}.{key}"
            if not value.get("description"):
                faults.append(f"{where}: no description")
            if "default" not in value and "x-absent" not in value:
                faults.append(f"{where}: neither a default nor what its absence means")
            if is_a_number(value) and not isinstance(value["type"], list) and "x-unit" not in value:
                faults.append(f"{where}: a number without a unit")
            part = {"$schema": schema["$schema"], "$defs": schema["$defs"], **value}
            validator = jsonschema.Draft202012Validator(part)
            samples = value.get("examples", [])
            if not samples:
                faults.append(f"{where}: no example")
            for sample in samples + ([value["default"]] if "default" in value else []):
                for error in validator.iter_errors(sample):
                    faults.append(f"{where}: {json.dumps(sample)} does not satisfy its own schema: {error.message}")


def check_file(validators, text, name):
    document = with_text_keys(yaml.load(text, Loader))  # nosec: a SafeLoader
    kind = kind_of(document)
    if kind is None:
        faults.append(f"{name}: of no known kind")
        return None
    for error in validators[kind].iter_errors(document):
        place = ".".join(str(step) for step in error.absolute_path)
        faults.append(f"{name}: {place}: {jsonschema.exceptions.best_match([error]).message}")
    return kind


def check_refuses(validators):
    """A misspelt key, a wrong type and an unknown word must be seen."""
    wrong = {
        "study": [
            {"study": "a", "dataset": "d", "reference": "r", "scenarioss": {}, "scenarios": {"r": {}}},
            {"extends": "a.yaml", "scenarios": {"r": {"carbon_price": {"EU": "much"}}}},
            {"extends": "a.yaml", "scenarios": {"r": {"cbam": {"EU": {"scope": "indirect"}}}}},
            {"study": "a"},
        ],
        "economy": [{"commodities": {"L": {}}}, {"commodities": {}, "agents": []}],
        "dataset": [{"name": "a", "regions": []}],
        "aggregation": [
            {"aggregation": "a"},
            {"aggregation": "a", "regions": {"A": {"off": ["B"]}}},
            {"aggregation": "a", "sectors": {"A": [{"B": "half"}]}},
        ],
        "balance": [{"balance": "a", "totals": [{"from": "A", "to": "B"}]}, {"balance": "a", "output": "open"}],
        "import": [
            {"import": "a", "currency": "EUR", "money_unit": "million"},
            {"import": "a", "currency": "EUR", "money_unit": 1, "long": {"file": "a.csv", "values": "x"}},
            {"import": "a", "currency": "EUR", "money_unit": 1, "long": {"file": "a.csv", "value": 1, "decimal": "dot"}},
        ],
        "firm": [
            {"cost": "a", "rules": "r", "years": 2026, "firms": {"A": {"emissions": "defaults"}}},
            {"cost": "a", "rules": "r", "years": 2026, "firms": {"A": {"tonnes": -1}}},
            {"cost": "a", "rules": "r", "years": 2026, "firms": {"A": {}}, "readings": {"r": {"mark_up": "some"}}},
        ],
        "split": [{"split": "a", "into": {"A": {}, "B": {}}}, {"split": "a", "sector": "C", "into": {"A": {"output": 2}}}],
        "rules": [{"rules": "a"}, {"rules": "a", "tables": {}}, {"rules": "a", "tables": {"phase-in": "a.csv"}}],
    }
    plant = {"allowances": "a", "unit": "t", "currency": "EUR", "years": {"from": 2025, "to": 2026}, "output": 1, "price": 1}
    method = {"method": "grandfathering", "base_years": [2024]}
    wrong["plant"] = [
        {**plant, "intensity": -1, "methods": {"g": method}},
        {**plant, "intensity": {"next": 1}, "methods": {"g": method}},
        {**plant, "intensity": 1, "methods": {"g": {"method": "lottery"}}},
        {**plant, "intensity": 1, "methods": {"g": {**method, "lag": 1}}},
        {**plant, "intensity": 1, "methods": {"g": {**method, "share": 1.5}}},
    ]
    for kind, documents in wrong.items():
        for document in documents:
            if validators[kind].is_valid(document):
                faults.append(f"{kind}: accepts {json.dumps(document)}")


def main(project):
    validators = {}
    for path in sorted((project / "data/schema").glob("*.json")):
        schema = json.loads(path.read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        validators[path.stem] = jsonschema.Draft202012Validator(schema)
        check_described(schema)
    if set(validators) != set(KINDS):
        faults.append(f"schemas of {sorted(validators)}, expected {sorted(KINDS)}")
        return
    check_refuses(validators)
    found = {kind: 0 for kind in KINDS}
    shipped = ["data/*/*.yaml", "data/rules/*/*.yaml", "scenarios/**/*.yaml", "tests/published/*/*.yaml", "bench/*.yaml"]
    shipped.append("docs/examples/**/*.yaml")
    files = [path for pattern in shipped for path in project.glob(pattern)]
    files.remove(project / "scenarios/claims/claims.yaml")  # of its own schema, which check_claims.py tries
    texts = [(path.read_text(), str(path.relative_to(project))) for path in sorted(files)]
    for page in sorted([project / "README.md", *project.glob("docs/**/*.md")]):
        blocks = re.findall(r"^<!-- file: (\S+\.yaml) -->\n```yaml\n(.*?)^```$", page.read_text(), re.M | re.S)
        texts += [(text, f"{page.relative_to(project)}: {name}") for name, text in blocks]
    for text, name in texts:
        kind = check_file(validators, text, name)
        if kind:
            found[kind] += 1
    for kind, count in found.items():
        if count == 0:
            faults.append(f"no file of the kind {kind} was found to check")
    print("checked:", ", ".join(f"{count} of the kind {kind}" for kind, count in found.items()))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
    for fault in faults:
        print(fault, file=sys.stderr)
    sys.exit(1 if faults else 0)
