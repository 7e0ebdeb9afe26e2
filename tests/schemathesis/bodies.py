"""Bodies about what the workspace has: one way to fill them for each operation that takes one."""

TYPES = ["boolean", ["string", "null"], ["number", "null"], ["date", "null"]]


def create(here, body, path):
    fields = here.fields(path["object"])
    for entry in entries(body):
        fill_record(here, entry, path["object"])
    if "match_on" in body:
        body["match_on"] = here.any([None, *(f for f in fields if fields[f].get("xClarifyUnique"))])


def update(here, body, path):
    for entry in entries(body):
        fill_record(here, entry, path["object"])
        if "id" in entry or "id" not in path:
            entry["id"] = path.get("id") or here.id(path["object"])
    if "meta" in body:
        collections = here.collections(path["object"])
        body["meta"] = {field: {"collection": "append"} for field in here.some(collections)}


def entries(body):
    return body["data"] if isinstance(body["data"], list) else [body["data"]]


def fill_record(here, entry, name):
    """Keeps the attributes that the object has, and adds those that it requires and some others."""
    fields, links = here.fields(name), here.relationships(name)
    kept = {field: value for field, value in entry["attributes"].items() if field in fields}
    for field in [*here.required(name), *here.some(fields)]:
        kept[field] = here.value(field, fields[field])
    entry["type"], entry["attributes"] = name, kept
    if entry.get("relationships") and links:
        field = here.any(links)
        entry["relationships"] = {field: {"data": [reference(here, links[field])]}}


def reference(here, target):
    return {"type": target, "id": here.id(target) if target in here.objects() else "user"}


def delete(here, body, path):
    body["items"] = here.some(here.ids(path["object"])) or ["nobody"]


def merge(here, body, path):
    sources = [id for id in here.ids(path["object"]) if id != path["id"]]
    body["data"] = {"type": path["object"], "attributes": {"sources": sources[:2] or ["nobody"]}}


def link(here, body, path):
    target = here.relationships(path["object"]).get(path["relationship"])
    if target:
        one = reference(here, target)
        body["data"] = here.any([one, [one], []])


def edit_options(here, body, path):
    name, field, options = here.any(here.selects())
    body["data"] = [{
        "type": "schema-properties",
        "id": here.schemas()[name]["$id"],
        "attributes": {field: {"enum": [*options, f"Option {here.number()}"]}},
        "meta": {field: {"enum": "append"}},
    }]


def replace_schema(here, body, path):
    schema = here.schemas()[path["object"]]
    body.update(schema, properties=schema["properties"] | body["properties"], required=[])


def create_object(here, body, path):
    body["name"] = f"Thing {here.number()}"
    body["required"] = list(body.get("properties", {}))[:1]


def add_fields(here, body, path):
    body["data"]["attributes"] = {f"field_{here.number()}": {"type": here.any(TYPES)}}


def order_fields(here, body, path):
    body["data"]["attributes"]["order"] = here.some(here.fields(path["object"])) or ["_id"]


def hide_fields(here, body, path):
    fields, hidden = here.fields(path["object"]), body["data"]["attributes"]["hiddenInDetails"]
    body["data"]["attributes"]["hiddenInDetails"] = dict(zip(fields, hidden.values()))


def add_relationships(here, body, path):
    """A link to one record of another object, and the way back."""
    name, other = path["object"], here.any([of for of in here.objects() if of != path["object"]])
    one, many = f"one_{here.number()}", f"many_{here.number()}"
    ids = {"$ref": "https://getclarify.ai/schemas/core/collectionOfIds"}
    there = {"kind": "many-to-one", "entity": other, "field": many}
    back = {"kind": "one-to-many", "entity": name, "field": one}
    to_one = {"title": one, "type": ["string", "null"], "xClarifyRelationship": there}
    to_many = {"title": many, "oneOf": [ids, {"type": "null"}], "xClarifyRelationship": back}
    body["data"]["attributes"] = {name: {one: to_one}, other: {many: to_many}}


FILLS = {
    "createRecord": create,
    "createResource": create,
    "createRecords": create,
    "updateRecord": update,
    "updateRecords": update,
    "deleteRecords": delete,
    "mergeRecords": merge,
    "linkRecords": link,
    "unlinkRecords": link,
    "editOptions": edit_options,
    "replaceSchema": replace_schema,
    "createObject": create_object,
    "addFields": add_fields,
    "orderFields": order_fields,
    "hideFields": hide_fields,
    "addRelationships": add_relationships,
}
