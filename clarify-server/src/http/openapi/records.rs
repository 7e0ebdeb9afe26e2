//! The operations on records.

use serde_json::{Value, json};

use super::answers;
use super::operation::Operation;
use super::parameters::{LIST, PAGE, READ};
use super::paths::Paths;
use crate::contract::{NO_CONTENT, Terms};

pub(super) const TAG: &str = "records";

const MANY: &str = "/objects/{object}/records";
const BULK: &str = "/objects/{object}/records/bulk";
const ONE: &str = "/objects/{object}/records/{id}";
const MERGES: &str = "/objects/{object}/records/{id}/merges";
const RESOURCES: &str = "/objects/{object}/resources";
const RESOURCE: &str = "/objects/{object}/resources/{id}";
const DELETED: &str = "/objects/{object}/deleted-resources";

pub(super) fn describe(paths: &mut Paths, contract: &Terms) {
    paths.add_within("post", MANY, create(contract));
    paths.add_within("post", BULK, create_bulk(contract));
    paths.add_within("post", RESOURCES, create_resource(contract));
    paths.add_within("get", ONE, get());
    paths.add_within("get", RESOURCE, get_resource());
    paths.add_within("get", RESOURCES, list());
    paths.add_within("get", DELETED, deleted());
    paths.add_within("patch", ONE, update(contract));
    paths.add_within("patch", MANY, update_bulk());
    paths.add_within("delete", ONE, delete(contract));
    paths.add_within("delete", MANY, delete_bulk(contract));
    paths.add_within("post", MERGES, merge());
}

/// An operation on the records of one object.
fn of_object(id: &str, summary: &str) -> Operation {
    Operation::new(TAG, id, summary).takes(&["object"])
}

/// An operation on one record.
fn of_record(id: &str, summary: &str) -> Operation {
    of_object(id, summary).takes(&["id"])
}

fn matching(contract: &Terms) -> &'static str {
    if contract.create_matches {
        "One whose unique field has a value that a record has updates that record."
    } else {
        "A unique value that a record has is 400, unless `match_on` names the unique field: then that \
         record is updated."
    }
}

fn create(contract: &Terms) -> Operation {
    of_object("createRecord", "Creates a record.")
        .about(matching(contract))
        .writes_body("Create")
        .answers(201, answers::created("The record.", "RecordDocument", &go_on()))
}

fn create_resource(contract: &Terms) -> Operation {
    of_object("createResource", "Creates a record with its links.")
        .about(matching(contract))
        .writes_body("CreateResource")
        .answers(201, answers::created("The record.", "ResourceDocument", &go_on()))
}

fn create_bulk(contract: &Terms) -> Operation {
    let links = json!({ "first": go_on_with("getRecord", "$response.body#/data/0/id") });
    of_object("createRecords", "Creates records, all of them or none.")
        .about(matching(contract))
        .writes_body("CreateBulk")
        .answers(201, answers::created("The records, in their order.", "BulkDocument", &links))
}

/// What can be done with the record that an answer shows.
fn go_on() -> Value {
    let on = |operation| go_on_with(operation, "$response.body#/data/id");
    json!({
        "get": on("getRecord"),
        "getResource": on("getResource"),
        "update": on("updateRecord"),
        "delete": on("deleteRecord"),
        "merge": on("mergeRecords"),
        "related": on("listRelated"),
    })
}

fn go_on_with(operation: &str, id: &str) -> Value {
    json!({
        "operationId": operation,
        "parameters": {
            "workspace": "$request.path.workspace",
            "object": "$request.path.object",
            "id": id,
        },
    })
}

fn get() -> Operation {
    of_record("getRecord", "Shows a record.")
        .takes(&READ)
        .answers(200, answers::document("The record.", "RecordDocument"))
}

fn get_resource() -> Operation {
    of_record("getResource", "Shows a record and what is included.")
        .takes(&READ)
        .answers(200, answers::document("The record.", "ResourceDocument"))
}

fn list() -> Operation {
    of_object("listRecords", "Lists records, in the order of their creation unless sorted.")
        .takes(&LIST)
        .answers(200, answers::document("A page of them.", "RecordPage"))
}

fn deleted() -> Operation {
    of_object("listDeleted", "Lists what was deleted in the last 30 days, the last one first.")
        .takes(&PAGE)
        .answers(200, answers::document("A page of them, as they were.", "DeletedPage"))
}

fn update(contract: &Terms) -> Operation {
    let operation = of_record("updateRecord", "Updates a record.")
        .writes_body("Update")
        .answers(200, answers::document("The record.", "RecordDocument"));
    if contract.updates_custom_alone {
        return operation;
    }
    operation.about(
        "A record of a custom object can't be updated alone, which is 500: a bulk update of one \
         record does it.",
    )
}

fn update_bulk() -> Operation {
    of_object("updateRecords", "Updates records, all of them or none.")
        .writes_body("UpdateBulk")
        .answers(200, answers::document("The records, in their order.", "BulkDocument"))
}

fn delete(contract: &Terms) -> Operation {
    of_record("deleteRecord", "Deletes a record.")
        .writes()
        .answers(contract.deleted.status, answers::empty("It is gone.", &contract.deleted))
}

fn delete_bulk(contract: &Terms) -> Operation {
    let empty = &contract.bulk_deleted;
    of_object("deleteRecords", "Deletes records, all of them or none.")
        .writes_body("DeleteBulk")
        .answers(empty.status, answers::empty("They are gone.", empty))
}

fn merge() -> Operation {
    of_record("mergeRecords", "Merges records into one.")
        .writes_body("Merge")
        .answers(NO_CONTENT.status, answers::empty("The sources are folded in.", &NO_CONTENT))
}
