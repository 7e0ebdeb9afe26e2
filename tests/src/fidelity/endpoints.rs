//! The endpoints of the API, below a workspace, and those that our service adds.

use super::Shown;

/// An endpoint that our service has.
pub struct Endpoint {
    /// The verb.
    pub verb: &'static str,
    /// The path below the workspace.
    pub path: &'static str,
    /// What it does.
    pub does: &'static str,
    /// A case that shows it, as `topic::name`.
    pub case: &'static str,
}

macro_rules! endpoints {
    ($($verb:ident $path:literal: $does:literal => $topic:ident::$name:ident;)*) => {
        /// What our service has, under both contracts.
        pub const ENDPOINTS: &[Endpoint] = &[$(Endpoint {
            verb: stringify!($verb),
            path: $path,
            does: $does,
            case: concat!(stringify!($topic), "::", stringify!($name)),
        }),*];
    };
}

endpoints! {
    POST "/objects/{object}/records": "creates a record"
        => create::a_create_answers_the_record_with_its_id;
    PATCH "/objects/{object}/records": "updates records"
        => bulk_update::every_record_of_a_bulk_update_is_changed;
    DELETE "/objects/{object}/records": "deletes records"
        => bulk_delete::items_are_deleted;
    POST "/objects/{object}/records/bulk": "creates records"
        => bulk_create::a_bulk_create_makes_every_record_in_order;
    GET "/objects/{object}/records/{id}": "shows a record"
        => get::a_record_is_got_by_its_id;
    PATCH "/objects/{object}/records/{id}": "updates a record"
        => update::only_the_fields_included_are_changed;
    DELETE "/objects/{object}/records/{id}": "deletes a record"
        => delete::a_delete_answers_without_a_record;
    GET "/objects/{object}/resources": "lists records"
        => list::a_list_is_paginated_by_offset;
    POST "/objects/{object}/resources": "creates a record with its links"
        => resources::a_resource_is_created_with_its_links;
    GET "/objects/{object}/resources/{id}": "shows a record and what is included"
        => resources::a_resource_is_got_with_included_and_meta;
    GET "/objects/{object}/records/{id}/relationships/{field}": "lists related records"
        => relationships::related_records_come_by_the_page;
    PATCH "/objects/{object}/records/{id}/relationships/{field}": "links records"
        => relationships::many_to_many_is_replaced_from_either_side;
    DELETE "/objects/{object}/records/{id}/relationships/{field}": "removes links"
        => relationships::a_delete_takes_those_links_only;
    POST "/objects/{object}/records/{id}/merges": "merges records into one"
        => merges::the_sources_are_folded_in_and_deleted;
    GET "/objects/{object}/deleted-resources": "lists what was deleted"
        => deleted::a_deleted_record_can_be_looked_up;
    GET "/schemas": "shows the objects"
        => schemas::an_object_is_shown_as_its_json_schema;
    PATCH "/schemas": "edits the options of selects"
        => schema_options::options_are_appended;
    POST "/schemas/objects": "creates a custom object"
        => schemas::a_new_object_holds_records_at_once;
    PUT "/schemas/objects/{object}": "replaces a schema"
        => schema_fields::a_field_that_is_left_out_goes_with_its_values;
    DELETE "/schemas/objects/{object}": "deletes a custom object"
        => schemas::a_deleted_object_is_gone_with_its_records;
    POST "/schemas/{object}/properties": "adds fields"
        => schema_fields::fields_are_added_to_an_object;
    PATCH "/schemas/{object}/fields-order": "orders fields"
        => schema_fields::order_and_visibility_have_calls_of_their_own;
    PATCH "/schemas/{object}/fields-visibility": "hides fields"
        => schema_fields::order_and_visibility_have_calls_of_their_own;
    POST "/schemas/{object}/relationships": "adds a relationship"
        => schema_relationships::both_sides_are_added_at_once;
    DELETE "/schemas/{object}/relationships/{field}": "removes a relationship"
        => schema_relationships::both_sides_are_removed_with_the_values;
}

/// An endpoint that our service adds to the API, outside of any workspace.
pub struct Addition {
    /// The path, which is read.
    pub path: &'static str,
    /// What it shows.
    pub shows: &'static str,
    /// What shows that it does.
    pub shown: Shown,
}

const WATCHING: &str = "clarify-server/tests/service/watching.rs";
const OPENAPI: &str = "clarify-server/tests/service/openapi.rs";

/// What our service adds. None of it needs a key.
pub const ADDITIONS: &[Addition] = &[
    Addition {
        path: "/healthz",
        shows: "whether the service can do its work",
        shown: Shown::Test(WATCHING, "health_needs_no_key_and_no_room"),
    },
    Addition {
        path: "/metrics",
        shows: "what it did, in Prometheus' text form",
        shown: Shown::Test(WATCHING, "metrics_count_what_was_done"),
    },
    Addition {
        path: "/openapi.json",
        shows: "all of these endpoints, as OpenAPI 3.1 of the contract that is spoken",
        shown: Shown::Test(OPENAPI, "answers_have_the_shapes_that_the_document_says"),
    },
];

/// A path that the hosted service has and ours has not.
pub struct Missing {
    /// What it is about.
    pub what: &'static str,
    /// The verbs, with spaces between.
    pub verbs: &'static str,
    /// The path below the workspace.
    pub path: &'static str,
}

macro_rules! missing {
    ($($what:literal { $($path:literal: $($verb:ident)+;)* })*) => {
        /// What our service has not: none of it is about records, their fields or their links.
        pub const MISSING: &[Missing] = &[$($(Missing {
            what: $what,
            verbs: concat!($(stringify!($verb), " "),+),
            path: $path,
        }),*),*];
    };
}

missing! {
    "Activities of records and schemas" {
        "/objects/{object}/records/{id}/activities": GET;
        "/schemas/{object}/activities": GET;
    }
    "Attachments" {
        "/objects/{object}/records/{id}/attachments": GET POST PUT;
        "/objects/{object}/records/{id}/attachments/{attachment}": GET DELETE;
    }
    "Access" {
        "/objects/{object}/access": GET POST;
        "/objects/{object}/access/{id}": DELETE;
        "/objects/{object}/records/{id}/access": GET POST;
        "/objects/{object}/records/{id}/access/bulk": POST;
        "/objects/{object}/records/{id}/access/{grant}": PATCH DELETE;
    }
    "Lists" {
        "/lists": GET;
        "/objects/{object}/lists": GET POST;
        "/objects/{object}/lists/{list}": GET PATCH DELETE;
        "/objects/{object}/lists/{list}/publish": POST;
        "/objects/{object}/lists/{list}/unpublish": POST;
        "/objects/{object}/lists/{list}/rows/csv": POST;
        "/objects/{object}/lists/{list}/resources": GET;
    }
    "Comments" {
        "/comments": POST;
        "/comments/{id}": GET PATCH DELETE;
    }
    "Layouts" {
        "/layouts/{id}": GET PATCH;
        "/layouts/{id}/reset": POST;
    }
    "Recordings of meetings" {
        "/meetings/{meeting}/recording": POST DELETE;
        "/meetings/{meeting}/transcript": POST;
        "/meetings/{meeting}/recordings/{id}/artifacts": POST;
        "/meetings/{meeting}/recordings/transcript": POST;
        "/meetings/{meeting}/recordings/media": POST;
        "/meetings/{meeting}/recordings/media/{recording}": POST;
    }
    "Campaigns" {
        "/campaigns/{campaign}/recipients": GET;
    }
    "Users" {
        "/users": GET;
        "/users/{user}": GET;
    }
    "Settings" {
        "/settings": GET POST DELETE;
        "/settings/{key}": GET;
    }
    "Workflows" {
        "/workflows": GET POST;
        "/workflows/{id}": GET PATCH DELETE;
    }
}
