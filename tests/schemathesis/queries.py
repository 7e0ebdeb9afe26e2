"""Queries about what the workspace has."""

OPERATORS = ["Is", "Is not", "Contains", "Starts with", "Greater than", "Is before", "One of",
             "Is set", "Is empty", "Is not empty"]

VALUES = ["2024-03-01", "Ana", "5", "true", "null", ">=5", "a,b"]


def real_query(here, query, path):
    """The same parameters, about fields and relationships that there are."""
    name, relationship = path.get("object"), path.get("relationship")
    listed = here.relationships(name).get(relationship, name)
    real = {}
    for key, value in query.items():
        family = key.split("[")[0]
        fill = FAMILIES.get(key) or FAMILIES.get(family) or (lambda *_: (key, value))
        key, value = fill(here, listed, value)
        real[key] = value
    if "include" in real:
        real["include"] = relationship or ",".join(here.some(here.relationships(name)))
    if "sortOrder[dir]" in real:
        real.setdefault("sortOrder[column]", "_created_at")
    return real


def real_filter(here, listed, value):
    operator = f"[{here.any(OPERATORS)}]" if here.often() else ""
    return f"filter[{field(here, listed)}]{operator}", here.any([value, *VALUES])


def real_fields(here, listed, value):
    of = listed if listed in here.objects() else here.any(here.objects())
    return f"fields[{of}]", ",".join(here.some(here.fields(of)) or ["_created_at"])


def field(here, listed):
    return here.any([*here.fields(listed), "_created_at"])


FAMILIES = {
    "filter": real_filter,
    "fields": real_fields,
    "sortOrder[column]": lambda here, listed, _: ("sortOrder[column]", field(here, listed)),
    "page[offset]": lambda here, *_: ("page[offset]", here.any(range(4))),
    "page[cursor]": lambda here, *_: ("page[cursor]", here.any(here.objects())),
}
