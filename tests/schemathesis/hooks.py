"""Puts what the workspace has into requests that were made up from the document alone.

A part of them stays as it was made up, and so does what is meant to be wrong."""

import atexit
import os
from collections import Counter, defaultdict

import schemathesis
from bodies import FILLS
from queries import real_query
from schemathesis.core.parameters import ParameterLocation
from workspace import FIELDS, Workspace

# On the live contract one record of a custom object can't be updated alone, which is 500.
ALONE = "updateRecord" if os.environ["CONTRACT"] == "live" else None

here = Workspace(os.environ["WORKSPACE_URL"], os.environ["CLARIFY_API_KEY"], os.environ["SEED"])
answered = defaultdict(Counter)


@schemathesis.hook
def before_call(context, case, kwargs):
    name = operation(case)
    wrong = case.meta.is_negative_at if case.meta else lambda location: False
    path, query, body = case.path_parameters or {}, case.query, case.body
    if name == ALONE or ("object" in path and not wrong(ParameterLocation.PATH) and here.often()):
        fill_path(name, path)
    if query and not wrong(ParameterLocation.QUERY) and here.often():
        case.query = real_query(here, query, path)
    if isinstance(body, dict) and not wrong(ParameterLocation.BODY) and here.often():
        if path.get("object", "person") in here.objects():
            FILLS[name](here, body, path)


@schemathesis.hook
def after_call(context, case, response):
    answered[operation(case)][response.status_code // 100] += 1
    if response.request.method != "GET" and response.status_code < 300:
        here.forget(schemas="/schemas" in case.path)


@atexit.register
def tell():
    """How each operation was answered. One that never did anything was not tested."""
    for name, kinds in sorted(answered.items()):
        print(f"{name:20}", *(f"{kind}xx {kinds[kind]:6}" for kind in (2, 4, 5)))
    idle = sorted(name for name, kinds in answered.items() if not kinds[2])
    if idle:
        print("error: never succeeded:", *idle)


def operation(case):
    return case.operation.definition.raw["operationId"]


def fill_path(name, path):
    """What is real already came by a link, and stays."""
    objects = objects_for(name)
    if path["object"] not in objects:
        path["object"] = here.any(objects)
    if "id" in path and path["id"] not in here.ids(path["object"]):
        path["id"] = here.id(path["object"])
    links = here.relationships(path["object"])
    for parameter in ("relationship", "field"):
        if parameter in path and links:
            path[parameter] = here.any(links)


def objects_for(name):
    """The objects that an operation can be about, by its name."""
    if name == "deleteObject":
        return [here.make_object("Spare", FIELDS)]
    if name == "replaceSchema":
        return [of for of in here.objects() if of.startswith("c_")]
    if name == ALONE:
        return [of for of in here.objects() if not of.startswith("c_")]
    return here.objects()
