#!/usr/bin/env python3
"""scenarios/claims/claims.yaml is whole: every row of every document has its claims, each with a verdict that holds.

Usage: check_claims.py PROJECT

Its figures are resolved when scripts/claims-page makes the page; that script's own refusals are tried here.
"""

import copy
import importlib.machinery
import importlib.util
import json
import pathlib
import re
import sys
import tempfile

import jsonschema
import yaml

faults = []


def script(project):
    """scripts/claims-page as a module."""
    sys.dont_write_bytecode = True
    loader = importlib.machinery.SourceFileLoader("claims_page", str(project / "scripts/claims-page"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


def check_whole(book):
    ids = [claim["id"] for claim in book["claims"]]
    faults.extend(f"two claims are called {name}" for name in {name for name in ids if ids.count(name) > 1})
    documents = {document["id"]: document for document in book["documents"]}
    for claim in book["claims"]:
        if claim["document"] not in documents:
            faults.append(f"{claim['id']}: no document is called {claim['document']}")
        if claim.get("same_numbers_as", claim["id"]) not in ids:
            faults.append(f"{claim['id']}: no claim is called {claim['same_numbers_as']}")
    for name, document in documents.items():
        rows = [claim["row"] for claim in book["claims"] if claim["document"] == name]
        if sorted(set(rows)) != list(range(1, document["rows"] + 1)) or rows != sorted(rows):
            faults.append(f"{name}: rows {rows}, expected each of 1 to {document['rows']}, in order")
    formulas = " ".join(str(check["value"]) for claim in book["claims"] for check in claim.get("checks", []))
    used = set(re.findall(r"[a-z][a-z_0-9]*", formulas))
    faults.extend(f"the figure {name} stands in no formula" for name in sorted(set(book["figures"]) - used))
    faults.extend(f"the formulas' {name} is no figure" for name in sorted(used - set(book["figures"])))
    read = {figure["of"] for figure in book["figures"].values() if "of" in figure}
    faults.extend(f"the output {name} is not run" for name in sorted(read - set(book["outputs"])))
    faults.extend(f"nothing is read of the output {name}" for name in sorted(set(book["outputs"]) - read))


def check_schema_refuses(validator, book):
    """What the schema must see in a claim that is otherwise sound."""

    def changed(verdict, change):
        wrong = copy.deepcopy(book)
        claim = next(claim for claim in wrong["claims"] if claim["verdict"] == verdict)
        change(claim)
        return wrong

    wrong = {
        "no note": changed("comparable", lambda claim: claim.update(note="")),
        "a verdict of another word": changed("comparable", lambda claim: claim.update(verdict="confirmed")),
        "comparable to nothing": changed("comparable", lambda claim: claim.pop("checks")),
        "reproduced by nothing": changed("reproduced", lambda claim: claim.pop("checks")),
        "contradicted by nobody": changed("contradicted", lambda claim: claim.pop("by")),
    }
    faults.extend(f"the schema accepts a claim with {what}" for what, document in wrong.items() if validator.is_valid(document))


def check_page_refuses(page):
    """A verdict that the figures belie, and figures that are not there."""
    half = {"what": "half", "value": "a / 2", "unit": "", "digits": 1, "claimed": 1.5}
    claim = {"id": "c", "verdict": "reproduced", "numbers": [], "checks": [half]}
    book = {"claims": [claim, {"id": "d", "verdict": "not testable", "numbers": [{"value": 1, "unit": ""}]}]}
    if page.settled(claim, book, {"a": 3}) != [("half", "1.5", "")]:
        faults.append("a claim that is reproduced is not settled")
    source = {"cited_source": {"citation": "s", "confidence": "primary", "says": "no"}}
    refused = {
        "reproduced, though it differs": ({**claim}, {"a": 3.2}),
        "reproduced without a figure of the document": ({**claim, "checks": [{**half} | {"value": 1}]}, {}),
        "contradicted by itself, though it agrees": ({**claim, "verdict": "contradicted", "by": "itself"} | source, {"a": 3}),
        "contradicted by a source that is not told": ({**claim, "verdict": "contradicted", "by": "source"}, {"a": 9}),
        "of a figure that nobody knows": (claim, {"b": 3}),
        "of a formula that is none": ({**claim, "checks": [{**half, "value": "__import__('os')"}]}, {"a": 3}),
        "said to have another's numbers": ({**claim, "same_numbers_as": "d"}, {"a": 3}),
    }
    for what, (wrong, values) in refused.items():
        try:
            page.settled(wrong, book, values)
            faults.append(f"scripts/claims-page accepts a claim that is {what}")
        except page.Fault:
            pass


def check_reading(page):
    document = {"list": [{"name": "x", "part": {"one": 1}}, {"name": "y", "part": {"one": 2, "none": None}}]}
    if page.at_path(document, "list[name=y].part.one") != 2:
        faults.append("a path into JSON leads elsewhere")
    with tempfile.TemporaryDirectory() as folder:
        table = pathlib.Path(folder) / "table.csv"
        table.write_text("kind,place,value\na,p,1\na,q,2\nb,p,4\nb,q,\n", encoding="utf-8")
        read = {
            "sum": ({"where": {"kind": "a"}}, 3),
            "rest": ({"not": {"place": ["q"]}}, 5),
            "smallest": ({"where": {"kind": ["a", "b"]}, "take": "smallest"}, 1),
            "largest": ({"take": "largest"}, 4),
        }
        for what, (figure, expected) in read.items():
            if page.in_table(table, {"column": "value", **figure}) != expected:
                faults.append(f"a table's {what} is not {expected}")
        tries = [lambda path=path: page.at_path(document, path) for path in ("list[name=z].part", "list[name=y].part.none", "a")]
        wheres = [{"where": {"kind": "c"}}, {"where": {"sort": "a"}}, {"where": {"kind": "b", "place": "q"}}]
        tries += [lambda figure=figure: page.in_table(table, {"column": "value", **figure}) for figure in wheres]
        for number, attempt in enumerate(tries):
            try:
                attempt()
                faults.append(f"a figure that is not there was found, try {number}")
            except page.Fault:
                pass


def main(project):
    schema = json.loads((project / "scenarios/claims/claims.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    book = yaml.safe_load((project / "scenarios/claims/claims.yaml").read_text(encoding="utf-8"))
    for error in validator.iter_errors(book):
        place = ".".join(str(step) for step in error.absolute_path)
        faults.append(f"claims.yaml: {place}: {jsonschema.exceptions.best_match([error]).message}")
    if not faults:
        check_whole(book)
        check_schema_refuses(validator, book)
    page = script(project)
    check_page_refuses(page)
    check_reading(page)
    print(f"checked: {len(book['claims'])} claims, {len(book['figures'])} figures")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
    for fault in faults:
        print(fault, file=sys.stderr)
    sys.exit(1 if faults else 0)
