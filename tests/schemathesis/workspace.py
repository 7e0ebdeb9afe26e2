"""The workspace under test: what it has at the moment, and more of it where it runs out."""

import json
import random
import urllib.error
import urllib.request

WORDS = ["Ana", "straße", "To Do", "a,b", "x@y.example", "2024-03-01", ">=5", "null", "", "日本"]

FORMS = {"email_addresses": "a{}@x.example", "domains": "x{}.example"}

FIELDS = {
    "number": {"type": ["string", "null"], "xClarifyUnique": True},
    "state": {"type": ["string", "null"], "enum": ["Open", "Closed"]},
    "tags": {
        "type": ["object", "null"],
        "properties": {"items": {"type": "array", "items": {"type": "string", "enum": ["A", "B"]}}},
    },
    "total": {"type": ["number", "null"]},
    "done": {"type": "boolean"},
    "due": {"type": ["date", "null"]},
    "at": {"type": ["date-time", "null"]},
}


class Workspace:
    """Chance comes from one seed, so that a run can be repeated."""

    def __init__(self, url, key, seed):
        self.url = url
        self.key = key
        self.random = random.Random(seed)
        self.made = 0
        self.known = {}
        self.records = {}
        self.make_object("Ticket", FIELDS)

    def request(self, verb, path, body=None):
        """An answer's JSON, or nothing if it is a refusal."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"api-key {self.key}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, data, headers, method=verb)
        try:
            with urllib.request.urlopen(request) as answer:
                return json.loads(answer.read() or "{}")
        except urllib.error.HTTPError as refusal:
            refusal.close()
            return None

    def forget(self, schemas):
        """What is known may have changed: records, or schemas too."""
        self.records = {}
        if schemas:
            self.known = {}

    def often(self):
        return self.random.random() < 0.75

    def any(self, things):
        return self.random.choice(list(things))

    def some(self, things):
        """Two at most, and one if there are any."""
        things = list(things)
        return self.random.sample(things, min(len(things), self.random.randint(1, 2)))

    def number(self):
        """One that no other thing of the run has."""
        self.made += 1
        return self.made

    def schemas(self):
        """Each object's JSON Schema."""
        if not self.known:
            data = self.request("GET", "/schemas")["data"]
            self.known = {entry["id"].rsplit("/", 1)[-1]: entry["attributes"] for entry in data}
        return self.known

    def objects(self):
        return sorted(self.schemas())

    def properties(self, name):
        return sorted(self.schemas().get(name, {}).get("properties", {}).items())

    def required(self, name):
        return self.schemas()[name].get("required") or []

    def fields(self, name):
        """The fields that a record's attributes may have."""
        return {field: of for field, of in self.properties(name) if not leads_to_many(of)}

    def collections(self, name):
        return [field for field, of in self.properties(name) if "collectionOfStrings" in shapes(of)]

    def selects(self):
        """Every select that has options: its object, its name and the options."""
        return [(name, field, of["enum"]) for name in self.objects()
                for field, of in self.properties(name) if of.get("enum")]

    def relationships(self, name):
        """The objects that each relationship leads to."""
        links = {field: of.get("xClarifyRelationship") for field, of in self.properties(name)}
        return {field: link.get("entity") for field, link in links.items() if link}

    def ids(self, name):
        """Ids of records that are there, three at least if they can be made."""
        if name not in self.records:
            page = self.request("GET", f"/objects/{name}/resources?page[limit]=50")
            ids = [record["id"] for record in page["data"]] if page else []
            missing = range(len(ids), 3) if page else []
            made = [self.make_record(name) for _ in missing]
            self.records[name] = ids + [record["data"]["id"] for record in made if record]
        return self.records[name]

    def id(self, name):
        return self.random.choice(self.ids(name) or ["nobody"])

    def make_record(self, name):
        fields = self.fields(name)
        attributes = {field: self.value(field, fields[field]) for field in self.required(name)}
        data = {"type": name, "attributes": attributes}
        return self.request("POST", f"/objects/{name}/records", {"data": data})

    def make_object(self, name, fields):
        """A new custom object; its name."""
        body = {"name": f"{name} {self.number()}", "plural": f"{name}s", "properties": fields}
        made = self.request("POST", "/schemas/objects", body)
        self.forget(schemas=True)
        return made["data"]["id"].rsplit("/", 1)[-1]

    def value(self, name, field):
        """A value that the field takes, most of the time."""
        number = self.random.randrange(1000)
        word = self.random.choice(WORDS)
        if link := field.get("xClarifyRelationship"):
            return self.id(link["entity"]) if link.get("entity") in self.schemas() else word
        if field.get("enum"):
            return self.random.choice(field["enum"])
        if "properties" in field or "collectionOfStrings" in shapes(field):
            items = field.get("properties", {}).get("items", {}).get("items", {})
            item = FORMS.get(name, "+41 {}").format(number)
            return {"items": [self.random.choice(items.get("enum") or [item])]}
        if "personName" in shapes(field):
            return self.random.choice([f"{word} {number}", {"first_name": word, "last_name": None}])
        values = {
            "string": f"{word}{number}",
            "number": number / 4,
            "boolean": number % 2 == 0,
            "date": "2024-02-29",
            "date-time": f"2024-03-01T12:00:00.{number:03}Z",
        }
        return next((values[of] for of in types(field) if of in values), {"text": []})


def types(field):
    of = field.get("type", [])
    return of if isinstance(of, list) else [of]


def shapes(field):
    """The names of the shapes that the field refers to."""
    return [of["$ref"].rsplit("/", 1)[-1] for of in field.get("oneOf", []) if "$ref" in of]


def leads_to_many(field):
    return field.get("xClarifyRelationship", {}).get("kind", "many-to-one") != "many-to-one"
