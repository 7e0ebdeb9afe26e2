//! The operations on the objects of a workspace.

use super::answers;
use super::operation::Operation;
use super::paths::Paths;

pub(super) const TAG: &str = "schemas";

const ALL: &str = "/schemas";
const OBJECTS: &str = "/schemas/objects";
const OBJECT: &str = "/schemas/objects/{object}";
const FIELDS: &str = "/schemas/{object}/properties";
const ORDER: &str = "/schemas/{object}/fields-order";
const VISIBILITY: &str = "/schemas/{object}/fields-visibility";
const RELATIONSHIPS: &str = "/schemas/{object}/relationships";
const RELATIONSHIP: &str = "/schemas/{object}/relationships/{field}";

pub(super) fn describe(paths: &mut Paths) {
    paths.add_within("get", ALL, list());
    paths.add_within("patch", ALL, edit_options());
    paths.add_within("post", OBJECTS, create());
    paths.add_within("put", OBJECT, replace());
    paths.add_within("delete", OBJECT, delete());
    paths.add_within("post", FIELDS, accepted("addFields", "Adds fields.", "AddFields"));
    paths.add_within("patch", ORDER, accepted("orderFields", "Orders fields.", "OrderFields"));
    paths.add_within("patch", VISIBILITY, accepted("hideFields", "Hides fields.", "HideFields"));
    let relate = accepted("addRelationships", "Adds relationships.", "AddRelationships")
        .about("Each with both its sides.");
    paths.add_within("post", RELATIONSHIPS, relate);
    paths.add_within("delete", RELATIONSHIP, remove_relationship());
}

fn of_schemas(id: &str, summary: &str) -> Operation {
    Operation::new(TAG, id, summary)
}

fn list() -> Operation {
    of_schemas("listSchemas", "Shows the objects.")
        .takes(&["schemasLimit", "cursor"])
        .answers(200, answers::document("A page of their schemas.", "SchemaPage"))
}

fn edit_options() -> Operation {
    of_schemas("editOptions", "Edits the options of selects.")
        .about("One that goes is cleared from the records that use it.")
        .writes_body("EditOptions")
        .answers(200, answers::document("They are edited.", "ValidationDocument"))
}

fn create() -> Operation {
    of_schemas("createObject", "Creates a custom object.")
        .writes_body("CreateObject")
        .answers(201, answers::document("Its schema.", "SchemaDocument"))
}

fn replace() -> Operation {
    of_schemas("replaceSchema", "Replaces a schema.")
        .about("Fields that it leaves out go with their values.")
        .takes(&["object"])
        .writes_body("Schema")
        .answers(200, answers::document("It is replaced.", "TaskDocument"))
}

fn delete() -> Operation {
    of_schemas("deleteObject", "Deletes a custom object with its records.")
        .takes(&["object"])
        .writes()
        .answers(200, answers::document("It is gone.", "TaskDocument"))
}

fn remove_relationship() -> Operation {
    of_schemas("removeRelationship", "Removes a relationship, both its sides.")
        .takes(&["object", "field"])
        .writes()
        .answers(200, answers::document("It is gone.", "TaskDocument"))
}

/// An edit that the hosted service would still be at.
fn accepted(id: &str, summary: &str, body: &str) -> Operation {
    of_schemas(id, summary)
        .takes(&["object"])
        .writes_body(body)
        .answers(202, answers::document("It is done.", "Nothing"))
}
