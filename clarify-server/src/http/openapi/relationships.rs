//! The operations on the links of a record.

use super::answers;
use super::operation::Operation;
use super::parameters::LIST;
use super::paths::Paths;

pub(super) const TAG: &str = "relationships";

const PATH: &str = "/objects/{object}/records/{id}/relationships/{relationship}";

pub(super) fn describe(paths: &mut Paths) {
    paths.add_within("get", PATH, list());
    paths.add_within("patch", PATH, set());
    paths.add_within("delete", PATH, remove());
}

fn of_relationship(id: &str, summary: &str) -> Operation {
    Operation::new(TAG, id, summary).takes(&["object", "id", "relationship"])
}

fn list() -> Operation {
    of_relationship("listRelated", "Lists related records.")
        .about("Each path of `include` begins with the relationship itself.")
        .takes(&LIST)
        .answers(200, answers::document("A page of them.", "RecordPage"))
}

fn set() -> Operation {
    of_relationship("linkRecords", "Links records.")
        .about("Of a to-one and a many-to-many relationship, no others are left.")
        .writes_body("Links")
        .answers(200, answers::document("They are linked.", "Nothing"))
}

fn remove() -> Operation {
    of_relationship("unlinkRecords", "Removes links. The records stay.")
        .writes_body("Links")
        .answers(200, answers::document("They are not linked.", "Nothing"))
}
