//! The one list of what the API says: each rule in its own words, and the function that shows it.
//!
//! A case uses nothing but the [`World`] it is given, makes its own records with values that no
//! other has, and assumes no empty workspace. So the same list can be shown on any service.

#![allow(missing_docs, reason = "the list says what each case shows")]

pub mod answers;
pub mod bulk_create;
pub mod bulk_delete;
pub mod bulk_update;
pub mod collections;
pub mod create;
mod custom;
pub mod delete;
pub mod deleted;
pub mod endpoints;
pub mod fields;
pub mod filters;
pub mod get;
pub mod include;
pub mod list;
pub mod merges;
pub mod meta;
mod orders;
pub mod relationships;
pub mod resources;
pub mod schema_fields;
pub mod schema_options;
pub mod schema_relationships;
pub mod schemas;
pub mod sorting;
pub mod unique_fields;
pub mod update;
pub mod values;

use std::pin::Pin;

use crate::World;

/// Where a rule stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The API's Records page.
    Page,
    /// The table of what the two contracts say.
    Table,
    /// The decisions on what the page leaves open.
    Decided,
    /// What the hosted service does where the page says nothing.
    Live,
}

impl Source {
    /// What the page on fidelity calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Table => "both",
            Self::Decided => "decided",
            Self::Live => "live",
        }
    }
}

/// How our service stands to a rule. It is the same under both contracts: where they differ, the
/// rule says so, and the case shows both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It does what the rule says.
    Same,
    /// It does otherwise, or more, for this reason.
    Differs(&'static str),
    /// It accepts what the rule is about, and nothing comes of it, for this reason.
    NoEffect(&'static str),
    /// It has no such thing, for this reason.
    NotThere(&'static str),
}

/// A case on its way.
pub type Running<'w> = Pin<Box<dyn Future<Output = ()> + 'w>>;

/// One rule, and how it is shown.
pub struct Case {
    /// What it is about.
    pub topic: &'static str,
    /// The sentence that it shows.
    pub name: &'static str,
    /// Where the rule stands.
    pub source: Source,
    /// The rule as it stands there.
    pub rule: &'static str,
    /// How our service stands to the rule.
    pub verdict: Verdict,
    /// Shows it; a service that does otherwise makes it panic.
    pub run: for<'w> fn(&'w World) -> Running<'w>,
}

impl Case {
    /// How the case is called: `topic::name`.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}::{}", self.topic, self.name)
    }
}

/// Gives the whole list to the macro `$take`: for each topic its module, and for each case its
/// source, its rule, its function and, where our service does not just keep to the rule, its verdict
/// and why.
#[macro_export]
macro_rules! cases {
    ($take:ident) => {
        $take! {
            unique_fields {
                Page "person: unique field email_addresses"
                    => a_person_is_matched_on_its_email_addresses;
                Page "company: unique field domains"
                    => a_company_is_matched_on_its_domains;
                Page "deal: unique field name"
                    => a_deal_is_matched_on_its_name;
                Page "meeting: no unique field, always creates"
                    => a_meeting_is_always_new;
                Page "task: no unique field"
                    => a_task_is_always_new;
                Live "custom objects: the unique field that their schema names (xClarifyUnique)"
                    => a_custom_object_is_matched_on_the_field_its_schema_names;
                Live "Scalar unique fields compare exactly, collections without regard to case"
                    => a_unique_text_is_compared_exactly;
                Live "Collections are compared without regard to case."
                    => a_unique_collection_is_compared_without_regard_to_case;
                Live "any one shared value of a collection is a match"
                    => one_shared_value_of_a_collection_is_a_match;
                Decided "A record that matches two different records is refused with 400 naming both, and nothing is written."
                    => a_record_that_matches_two_is_refused_and_names_both;
                Decided "An update that would take another record's unique value is 400."
                    => an_update_that_takes_anothers_unique_value_is_refused;
                Live "An e-mail address or domain belongs to one record only."
                    => a_unique_value_that_is_given_up_can_be_taken;
            }
            create {
                Decided "A matched upsert is an update: attributes not mentioned stay"
                    => a_match_needs_no_required_field_that_is_there;
                Page "Creates a record. Returns the created record with its id."
                    => a_create_answers_the_record_with_its_id;
                Page "If a record with the same unique field value already exists, Clarify updates it instead (upsert); live: 400, unless the body carries match_on"
                    => a_create_of_an_existing_unique_value_updates_its_record;
                Page "Don't include id in the body: it's auto-generated and will return a 422 if present."
                    => an_id_in_the_body_is_422;
                Table "create answers 201 with the record, also when it matched an existing one"
                    => a_create_answers_201_also_when_it_matched;
                Table "record ids: prefix and a monotonic ULID; or a UUID, also repeated as attribute _id"
                    => ids_have_their_form_and_increase;
                Table "match_on is accepted: it must name the object's unique field"
                    => match_on_names_the_unique_field;
                Decided "match_on naming a field that is not the object's unique one is 422."
                    => match_on_another_field_is_422;
                Table "system fields in a response: _created_at, _updated_at, seconds, Z; or also _id, _created_by, _updated_by, _merged_ids, milliseconds, Z"
                    => the_systems_fields_are_shown;
                Table "null fields in a response: left out; or present, null"
                    => fields_without_a_value_are_left_out_or_null;
                Decided "A matched upsert is an update: each collection sent replaces the stored one, attributes not mentioned stay, null clears."
                    => a_match_replaces_collections_and_keeps_the_rest;
                Decided "attributes not mentioned stay, null clears"
                    => a_null_in_a_match_clears;
                Decided "A body's type that is not the path's is 409."
                    => another_objects_type_is_409;
                Decided "silent=true|false is accepted on every write."
                    => silent_is_accepted_on_every_write,
                    NoEffect "there are no notifications to suppress";
                Decided "Clarify-Matched is on answers of creates."
                    => a_create_says_whether_it_matched,
                    Differs "an addition, so that a client can tell created from matched";
            }
            bulk_create {
                Decided "All problems of a batch are in one answer."
                    => what_is_wrong_with_a_body_hides_no_collision;
                Page "Creates multiple records in a single request"
                    => a_bulk_create_makes_every_record_in_order;
                Page "max 25 per batch; live: no declared maximum"
                    => a_batch_of_25_is_accepted_and_of_26_as_the_contract_says;
                Page "The batch is atomic: if any record fails validation, the whole batch is rejected."
                    => a_batch_with_one_bad_record_writes_nothing;
                Page "Upsert matching applies per record."
                    => matching_applies_per_record;
                Table "create, when the unique value exists: updates that record; or 400, unless the body carries match_on"
                    => an_existing_unique_value_in_a_batch_is_matched_or_refused;
                Decided "A batch is applied in order, as if each record were sent alone, then all or nothing. The answer has one entry for each input, in order, with the final state; ids may repeat."
                    => records_of_a_batch_match_one_another;
                Decided "In a batch, each error keeps its own status and pointer; the answer's status is 422 if any is, else 400. All problems of a batch are in one answer."
                    => every_problem_of_a_batch_is_in_one_answer;
                Decided "the answer's status is 422 if any is, else 400"
                    => a_batch_whose_problems_are_all_400_is_400;
                Decided "A record that matches two different records is refused"
                    => a_collision_in_a_batch_is_named_and_nothing_is_written;
                Decided "An empty batch is 422."
                    => an_empty_batch_is_422;
                Page "id: will return a 422 if present"
                    => an_id_in_a_batch_is_422_at_its_place;
                Decided "Clarify-Matched: 0,3 names the positions that matched an existing record."
                    => a_bulk_create_says_which_positions_matched,
                    Differs "an addition, so that a client can tell created from matched";
                Table "match_on stands beside the data of a batch, and is checked as in a create"
                    => match_on_stands_beside_the_data_of_a_batch;
                Live "bulk create: 201 {links,meta,data:[...]}"
                    => a_bulk_create_answers_as_a_page;
                Decided "A body's type that is not the path's is 409."
                    => another_objects_type_in_a_batch_is_409;
            }
            get {
                Page "Returns a single record by ID."
                    => a_record_is_got_by_its_id;
                Live "404: unknown record"
                    => an_unknown_id_is_404;
                Table "An id in a path is opaque text: unknown is 404, and nothing parses it"
                    => any_text_can_be_an_id;
                Live "404: unknown object"
                    => an_unknown_object_is_404;
                Live "include: an unknown name is 400"
                    => an_unknown_include_is_400;
            }
            list {
                Page "Returns a paginated list of records. Uses offset-based pagination"
                    => a_list_is_paginated_by_offset;
                Page "meta: total_records, total_pages, offset, limit"
                    => the_meta_counts_records_and_pages;
                Page "links.next: https://…/resources?page[limit]=25&page[offset]=25"
                    => the_next_link_is_absolute_with_raw_brackets_limit_first;
                Table "page size: default 25, maximum 1000; or both 500"
                    => a_page_has_its_size_and_at_most_its_maximum;
                Decided "page[limit] 1 to the maximum, else 400."
                    => a_limit_out_of_range_is_400;
                Table "links.next, links.prev at the ends: absent; or present, null"
                    => links_are_absent_or_null_at_the_ends;
                Decided "An offset past the end answers no records and no next."
                    => an_offset_past_the_end_has_no_records_and_no_next;
                Decided "No records are 0 pages. links is {} when there is nothing in it."
                    => no_records_are_no_pages;
                Decided "next repeats every other parameter."
                    => the_next_link_repeats_every_other_parameter;
                Decided "Creation order by default."
                    => records_come_in_the_order_of_creation;
                Live "There is no GET /objects/{object}/records."
                    => there_is_no_list_of_the_write_path;
                Live "A server reads brackets raw or as %5B %5D, spaces as %20 or +"
                    => brackets_and_spaces_are_read_in_either_form;
            }
            fields {
                Page "See search and filter for filtering, sorting, and field selection."
                    => the_named_attributes_are_shown;
                Decided "The read of one record takes fields[] too."
                    => one_record_is_shown_as_in_a_list;
                Decided "_created_at and _updated_at are shown where fields[] names them."
                    => the_times_are_shown_where_they_are_named;
                Decided "An empty fields[] shows no attributes."
                    => an_empty_value_shows_no_attributes;
                Decided "fields[] shows of what a record has."
                    => what_a_record_does_not_have_is_not_shown;
                Decided "What is not shown can be filtered and sorted by."
                    => what_is_not_shown_can_be_filtered_and_sorted_by;
                Decided "Where fields[person] stands twice, both count."
                    => repeated_parameters_are_put_together;
                Live "brackets of fields[] are read raw or as %5B %5D"
                    => brackets_are_read_in_either_form;
                Decided "A space in fields[] belongs to the name beside it."
                    => a_space_belongs_to_the_name;
                Decided "A name that the object does not have is 400, with the names that it has"
                    => an_unknown_name_is_400_with_the_names_there_are;
                Decided "All problems are in one answer."
                    => every_bad_parameter_of_a_read_is_named;
                Decided "An object that the workspace does not have is 400."
                    => an_unknown_object_in_fields_is_400;
                Decided "Another object than the path's changes nothing, but its names are checked."
                    => another_object_changes_nothing_and_is_checked;
                Decided "a malformed key that begins with fields[ is 400"
                    => a_malformed_key_is_400;
                Decided "next repeats fields[]."
                    => the_links_repeat_the_fields;
                Decided "The stored text is never rendered anew"
                    => the_text_of_a_value_survives_a_selection;
            }
            update {
                Page "Updates a single record. Only fields included in the body are changed: omitted fields are left as-is."
                    => only_the_fields_included_are_changed;
                Table "update answers 200 with the record"
                    => an_update_answers_200_with_the_record;
                Table "id in the body of an update: may be left out; or required"
                    => the_id_in_the_body_is_left_out_as_the_contract_says;
                Table "single-record PATCH of a custom object: works; or answers 500, and the bulk form works"
                    => a_custom_object_is_updated_alone_or_in_bulk;
                Decided "null clears"
                    => null_clears_a_field;
                Decided "A body's id or type that is not the path's is 409."
                    => an_id_or_type_that_is_not_the_paths_is_409;
                Live "404: unknown record"
                    => an_update_of_an_unknown_record_is_404;
                Table "system fields: an update moves _updated_at and leaves _created_at"
                    => an_update_moves_one_of_the_times;
                Decided "An unknown attribute is 422 with its pointer."
                    => a_bad_field_leaves_the_others_unwritten;
            }
            meta {
                Live "meta: {array: append}, {object: merge}; replace is the default"
                    => arrays_are_appended_to_and_objects_merged;
                Live "meta: {collection: append | remove | replace}"
                    => collections_are_appended_to_and_removed_from;
                Live "one meta is for all records of a bulk update"
                    => one_meta_is_for_every_record_of_a_bulk_update;
                Decided "What does not fit its field is 422 at /meta/<field>."
                    => a_manner_that_does_not_fit_is_422;
            }
            bulk_update {
                Decided "All problems of a batch are in one answer."
                    => what_is_wrong_with_a_body_hides_no_unknown_id;
                Page "Updates multiple records in one request."
                    => every_record_of_a_bulk_update_is_changed;
                Page "Each record must include id."
                    => a_record_without_id_is_422;
                Page "Clarify pre-validates all IDs before writing: returns 404 if any are missing."
                    => one_unknown_id_is_404_and_nothing_is_written;
                Decided "an unknown id is 404 naming every unknown one"
                    => every_unknown_id_is_named;
                Decided "the same id twice is applied in order"
                    => the_same_id_twice_is_applied_in_order;
                Decided "Bulk update and bulk delete take up to 1,000 on the service. An empty batch is 422."
                    => a_bulk_update_takes_1000_records;
                Decided "All problems of a batch are in one answer."
                    => every_problem_of_a_bulk_update_is_in_one_answer;
                Decided "An update that would take another record's unique value is 400."
                    => a_collision_in_a_bulk_update_writes_nothing;
                Live "bulk update: 200 {links,meta,data:[...]}"
                    => a_bulk_update_answers_as_a_page;
            }
            delete {
                Page "Deletes a single record. Returns 204 No Content on success with no response body; live: 200, {}"
                    => a_delete_answers_without_a_record;
                Decided "A client that repeats a delete after a lost answer takes 404 as done."
                    => a_second_delete_is_404;
                Live "An e-mail address or domain belongs to one record only."
                    => a_deleted_records_unique_value_is_free;
            }
            bulk_delete {
                Page "Deletes multiple records. Uses { items: [...] } format"
                    => items_are_deleted;
                Page "not { data: [...] }"
                    => data_in_place_of_items_is_422;
                Table "bulk delete: 204, no body; or 200, {}"
                    => a_bulk_delete_answers_without_a_record;
                Decided "A bulk delete with an unknown id is 404 naming them, and nothing is deleted."
                    => unknown_ids_are_named_and_nothing_is_deleted;
                Decided "An empty batch is 422."
                    => an_empty_bulk_delete_is_422;
                Decided "Bulk update and bulk delete take up to 1,000 on the service."
                    => a_bulk_delete_takes_1000_ids;
                Decided "The same id may stand twice in a bulk delete."
                    => an_id_may_stand_twice_in_a_bulk_delete;
            }
            collections {
                Decided "remove takes away what is there"
                    => remove_takes_away_what_is_there;
                Page "Fields that hold multiple values use { items: [...] } format"
                    => collections_are_items_both_ways;
                Page "This applies to both create and update requests."
                    => collections_are_items_in_updates_too;
                Page "Sending { items: [] } clears the field."
                    => empty_items_clear_the_field;
                Page "Sending the field as a plain array will return a 422."
                    => a_plain_array_is_422;
                Decided "Duplicate items of a collection are kept once."
                    => duplicates_are_kept_once;
                Decided "A collection that is cleared is left out of documented answers."
                    => a_cleared_collection_is_shown_as_a_field_without_a_value;
                Live "multi select: {\"items\":[...]}"
                    => multi_selects_are_collections;
                Decided "append is a set union, so it may be repeated."
                    => append_is_a_set_union;
            }
            values {
                Decided "Numbers are exact: the stored text is never rendered anew; 999999999999.9999 survives every way."
                    => the_text_of_a_number_survives;
                Live "400: number out of range"
                    => a_number_out_of_range_is_400;
                Decided "An unknown attribute is 422 with its pointer."
                    => an_unknown_attribute_is_422;
                Live "422: _ field in attributes"
                    => a_system_field_is_422;
                Live "422: option with the wrong case"
                    => an_option_in_another_case_is_422;
                Live "422: bad e-mail address"
                    => a_bad_email_address_is_422;
                Live "rich text: a plain string is 422"
                    => plain_rich_text_is_422;
                Live "date: YYYY-MM-DD; date-time: ISO 8601; checkbox: true or false"
                    => a_value_of_another_shape_is_422;
                Table "a person's name: a string; or an object of its parts, and a string is accepted on write"
                    => a_persons_name_has_the_contracts_form;
                Decided "PersonName is filtered by its whole name, as a text."
                    => a_name_is_found_by_its_whole_text;
                Decided "A text slot accepts a person-name object and takes its full_name."
                    => a_text_slot_takes_the_full_name;
                Live "location: pass it through unchanged"
                    => a_location_is_passed_through;
                Live "text, long text: string"
                    => any_text_survives;
                Live "the known fields of person, company, deal, meeting and task"
                    => every_known_field_is_kept;
                Live "date-time: read-only when a user declared it"
                    => a_date_time_that_was_declared_can_be_written,
                    Differs "a field of that kind can be written, whoever declared it";
                Decided "Registering a derived type adds its fields to a built-in object."
                    => every_kind_survives_through_the_client;
            }
            answers {
                Live "Authorization: api-key <key>. Bearer with an API key gives 401, detail Invalid API key"
                    => another_scheme_is_401;
                Live "401: wrong key"
                    => a_wrong_key_is_401;
                Live "the key is checked before the workspace"
                    => the_key_is_checked_before_the_workspace;
                Live "404: unknown workspace"
                    => an_unknown_workspace_is_404;
                Live "leaving out /v1 gives 404"
                    => no_version_is_404;
                Live "a verb that a path does not take is refused by an error document"
                    => a_wrong_verb_is_405;
                Live "400: malformed JSON"
                    => malformed_json_is_400;
                Live "errors: status, title, detail, source.pointer"
                    => a_refusal_is_an_error_document;
                Decided "JSON of another shape is 422 with its pointer."
                    => a_body_of_another_shape_is_422;
                Decided "Rate-limit headers are on every answer"
                    => every_answer_has_the_rate_limit;
                Live "title and source on validation errors; the client reads them"
                    => the_clients_errors_are_the_services;
                Live "Content-Type: application/json both ways"
                    => bodies_are_json_both_ways;
                Live "`Bearer` is for OAuth access tokens of partner apps"
                    => a_bearer_token_opens_nothing,
                    NotThere "API keys are all there is: every `Bearer` is 401";
                Live "A request without User-Agent gets 403 at the live edge."
                    => a_request_without_user_agent_is_served,
                    Differs "there is no edge before it, and plain tools may leave it out; the client sends one";
            }
            relationships {
                Live "A to-one link is also a plain attribute (company_id)"
                    => a_to_one_link_is_also_an_attribute;
                Live "PATCH {data:[{type,id}]} replaces the set for to-one"
                    => a_to_one_link_is_replaced_and_cleared;
                Live "and adds for one-to-many (a child that had another parent moves)"
                    => one_to_many_adds_and_a_child_moves;
                Live "replaces the set for many-to-many"
                    => many_to_many_is_replaced_from_either_side;
                Live "DELETE with the same body removes those links only"
                    => a_delete_takes_those_links_only;
                Live "GET lists the related records, paged"
                    => related_records_come_by_the_page;
                Live "related records are sorted and include more, by paths that begin with the relationship"
                    => related_records_are_filtered_sorted_and_include_more;
                Decided "A record that can't be linked is named by its place, and no link is written."
                    => what_can_not_be_linked_is_named;
                Decided "A relationship that the object does not have is 404, with the ones it has."
                    => an_unknown_relationship_or_record_is_404;
                Decided "A deleted record leaves no link behind."
                    => a_deleted_record_leaves_no_link_behind;
                Live "a to-many link as an attribute on create is 422"
                    => a_to_many_link_as_an_attribute_is_422;
            }
            include {
                Live "The answer carries relationships.<name>.data and whole records in the top-level included"
                    => a_link_is_shown_with_its_record;
                Table "include: the documented contract's companies is the relationship behind company_id; it accepts both names"
                    => the_documented_name_of_a_link_is_taken;
                Live "relationships.<name>.meta.count for to-many"
                    => many_records_have_a_count;
                Live "relationships.<name>.data (a reference, a list, or null)"
                    => no_link_is_null;
                Live "whole records in the top-level included, each once by type and id"
                    => a_list_includes_each_record_once;
                Decided "A path leads through three relationships at most, and what it passes is included too."
                    => paths_lead_on_from_record_to_record;
                Decided "A record of the answer's own is not included once more."
                    => a_record_that_was_asked_for_is_not_included_too;
                Decided "fields[company] chooses of included records too."
                    => included_records_have_their_fields_chosen;
                Live "include=a,b names relationship fields as the schema has them; an unknown name is 400"
                    => an_include_that_can_not_be_is_400;
                Live "list: 200 {links,meta,data,included}"
                    => a_list_has_included_as_its_contract_says;
            }
            resources {
                Live "create, JSON:API form: {data:{type,attributes,relationships?}}, 201 {data,included:[],meta:{}}"
                    => a_resource_is_created_with_its_links;
                Decided "A resource is created as a record is, matches included."
                    => a_resource_without_links_is_a_create;
                Decided "A bad link of a resource writes nothing."
                    => a_bad_link_of_a_resource_writes_nothing;
                Live "get, JSON:API form: 200 {data,included:[],meta:{}}"
                    => a_resource_is_got_with_included_and_meta;
                Decided "relationships are not written by POST /records."
                    => a_create_takes_no_relationships;
            }
            merges {
                Live "the sources are folded into {id} and deleted"
                    => the_sources_are_folded_in_and_deleted;
                Live "the survivor's _merged_ids names them"
                    => the_survivor_names_what_was_merged;
                Decided "What led to a source leads to the survivor."
                    => what_led_to_a_source_leads_to_the_survivor;
                Decided "A merge that can't be changes nothing."
                    => a_merge_that_can_not_be_changes_nothing;
            }
            deleted {
                Live "what was deleted in the last 30 days, with _deleted_at in epoch seconds"
                    => a_deleted_record_can_be_looked_up;
                Decided "Deleted records come by the page, the last one first."
                    => the_last_one_comes_first_by_the_page;
                Decided "Records deleted together and merged ones are among them."
                    => records_deleted_together_and_merged_ones_are_there;
                Decided "They can't be filtered or sorted."
                    => a_deleted_list_takes_no_filter;
            }
            filters {
                Live "A dotted field reaches through to-one links, up to three levels"
                    => a_dotted_field_reaches_through_links;
                Decided "A negation of a dotted field includes records without the link."
                    => a_negated_dotted_field_includes_records_without_the_link;
                Decided "A dotted field that leads nowhere is 400 with its reason."
                    => a_dotted_field_that_leads_nowhere_is_400;
                Live "record id: Is, Is not, Is empty, Is not empty"
                    => a_record_is_found_by_its_id;
                Decided "Contains is an equal element on collections, without regard to case"
                    => options_are_found_without_regard_to_case;
                Decided "Everything that is wrong with the parameters is reported"
                    => every_bad_parameter_is_named;
                Live "text: Is, Is not, Contains, Does not contain, Starts with, Ends with, Is empty, Is not empty"
                    => texts_have_their_operators;
                Live "number: Is, Is not, Greater than (or equal), Less than (or equal), Is empty, Is not empty"
                    => numbers_have_their_operators;
                Live "date: Is, Is not, Is before, Is on or before, Is after, Is on or after, Is empty, Is not empty"
                    => dates_have_their_operators;
                Live "date-time: as date"
                    => date_times_have_their_operators;
                Live "single select: Is, Is not, One of, Not one of, Is empty, Is not empty"
                    => selects_have_their_operators;
                Live "multi select: Contains, Does not contain, Is empty, Is not empty"
                    => multi_selects_have_their_operators;
                Live "collections: Contains, Does not contain, Is empty, Is not empty"
                    => collections_have_their_operators;
                Live "checkbox: Is, Is not, Is set, Is not set"
                    => checkboxes_have_their_operators;
                Live "to-one link: Is, Is not, Is empty, Is not empty"
                    => links_have_their_operators;
                Decided "Contains is a substring on text and an equal element on collections, both without regard to case (Unicode). Is on text is exact."
                    => contains_folds_case_and_is_does_not;
                Decided "Is not and Does not contain include records that have no value."
                    => negations_include_records_without_a_value;
                Live "filter[field]=v means Is"
                    => no_operator_means_is;
                Live "Short forms in the value"
                    => short_forms_stand_for_operators;
                Live "values that themselves begin with =, >, < or !"
                    => a_value_may_begin_with_an_equals_sign;
                Live "all conditions are ANDed; two operators on one field make a range"
                    => all_conditions_must_hold;
                Live "operators are case-sensitive and an unknown one is 400"
                    => an_unknown_operator_is_400;
                Live "400: an operator that the kind of the field does not have"
                    => an_operator_of_another_kind_is_400;
                Live "400: unknown field"
                    => an_unknown_field_is_400;
                Table "system fields: the two times can be filtered by as they are shown"
                    => the_times_can_be_filtered_by;
            }
            sorting {
                Decided "Sorting by code point, empty values last in either direction, ties in creation order"
                    => texts_sort_by_code_point_with_empty_ones_last;
                Decided "ties in creation order"
                    => ties_keep_the_order_of_creation_in_both_directions;
                Decided "Numbers, dates and checkboxes sort by their value, the same on every store."
                    => numbers_and_dates_sort_by_their_value;
                Decided "A second sort replaces the first."
                    => a_second_sort_replaces_the_first;
                Live "sortOrder[column] and sortOrder[dir] (ASC, DESC), one key"
                    => a_sort_that_can_not_be_is_400;
            }
            schemas {
                Live "GET /schemas: $schema, $id, title, type, xClarifyNamespace, xClarifyLabel; properties with xClarifyPrimary, xClarifyUnique, xClarifyPresentation"
                    => an_object_is_shown_as_its_json_schema;
                Live "types with room for null, xClarifyRelationship {kind, entity, field}, and shared shapes by $ref"
                    => every_kind_of_field_has_its_form;
                Live "GET /schemas is paged by a cursor in links.next"
                    => schemas_come_by_a_cursor;
                Live "xClarifyEnumMetadata {VALUE:{id,rank,color}}"
                    => an_option_has_an_id_that_stays;
                Live "Sales Order becomes c_sales_order"
                    => a_label_makes_the_name_of_an_object;
                Live "400 Invalid name format"
                    => a_label_that_makes_no_name_is_400;
                Live "name (1-32), plural (1-32), description? (<=256)"
                    => names_have_their_limits;
                Live "an object has an icon and a background colour"
                    => an_icon_is_accepted_and_not_kept,
                    NoEffect "there are no screens to show them on";
                Live "a field may be filled by a prompt (xClarifyAIField)"
                    => a_prompt_is_accepted_and_not_kept,
                    NoEffect "nothing here writes values by itself";
                Live "422 Object already exists"
                    => an_object_that_exists_is_422;
                Live "create a custom object: 201"
                    => a_new_object_holds_records_at_once;
                Decided "Everything that is wrong with a request is in one answer"
                    => every_bad_field_of_a_new_object_is_named;
                Live "delete it and its records: 200 async-task"
                    => a_deleted_object_is_gone_with_its_records;
                Live "422 Cannot delete this object for a built-in"
                    => a_built_in_can_not_be_deleted;
                Decided "the fields of other objects that link to it go too"
                    => fields_that_link_to_a_deleted_object_go_with_it;
            }
            schema_fields {
                Live "add fields: 202 {}"
                    => fields_are_added_to_an_object;
                Live "an existing field is refused"
                    => a_field_that_exists_is_not_replaced;
                Live "every type but boolean includes null"
                    => every_type_but_boolean_has_room_for_null;
                Decided "A field has at most 64 ASCII letters, digits and underscores and begins with a letter. id, type and what begins with _ belong to the API."
                    => the_names_of_fields_have_their_rules;
                Live "xClarifyPresentation {rank, hiddenInDetails?}"
                    => a_schema_sets_order_and_visibility;
                Live "fields-order and fields-visibility: 202 {}"
                    => order_and_visibility_have_calls_of_their_own;
                Live "the whole JSON Schema, $id must match"
                    => the_id_of_a_schema_is_that_of_the_path;
                Decided "A field that a replaced schema leaves out goes, with the values that records have of it"
                    => a_field_that_is_left_out_goes_with_its_values;
                Decided "A field takes another kind where every value that is there is one of it"
                    => a_kind_changes_only_where_the_values_fit;
                Decided "A field becomes required where every record has a value of it"
                    => a_field_is_required_only_where_every_record_has_it;
                Decided "What every workspace has of a built-in object stays as it is"
                    => what_every_workspace_has_stays;
                Decided "A unique field is enforced from the moment it is declared; a second one is refused"
                    => a_unique_field_is_enforced_from_its_declaration_on;
                Decided "A unique field is enforced from the moment it is declared"
                    => values_that_are_there_are_unique_from_then_on;
                Decided "declaring one over records that already collide is refused, naming them"
                    => records_that_collide_are_named_and_nothing_is_declared;
                Decided "A replaced schema may name another unique field, or none"
                    => what_is_no_longer_unique_may_be_repeated;
                Live "Removing an option clears it from the records that use it."
                    => options_that_are_left_out_are_cleared;
            }
            schema_options {
                Live "edit select options: 200 {data:[{type:schema-validation-result,attributes:{isValid:true}}]}"
                    => options_are_appended;
                Decided "Without meta the options are replaced."
                    => without_meta_options_are_replaced;
                Live "Removing an option clears it from the records that use it."
                    => a_removed_option_is_cleared_from_the_records_that_use_it;
                Live "A multi select nests its enum at properties.items.items."
                    => a_removed_option_leaves_the_others_of_a_multi_select;
                Decided "A select that is required keeps the options that records use."
                    => a_required_select_keeps_the_options_that_are_used;
                Decided "A schema edit and the records it touches change together or not at all."
                    => all_entries_are_edited_or_none;
                Decided "Everything that is wrong with a request is in one answer"
                    => every_mistake_of_an_entry_is_named;
            }
            schema_relationships {
                Live "add relationships: 202 {}"
                    => both_sides_are_added_at_once;
                Decided "An object can be related to itself, by two fields."
                    => an_object_can_be_related_to_itself;
                Live "remove a relationship: 200 async-task"
                    => both_sides_are_removed_with_the_values;
                Decided "What is no relationship is not removed as one."
                    => a_plain_field_is_no_relationship;
                Decided "A relationship that a replaced schema leaves out goes on both sides; changing one is refused"
                    => a_relationship_that_is_left_out_goes_on_both_sides;
                Decided "The two sides name each other, and their kinds go together."
                    => sides_that_do_not_name_each_other_are_refused;
                Decided "A relationship is added with both its sides"
                    => a_side_alone_or_in_the_way_is_refused;
                Live "a relationship says whether merges combine it and prompts go through it (mergeable, aiFieldTraversable)"
                    => what_merges_and_prompts_make_of_a_relationship_is_not_kept,
                    NoEffect "merges combine every relationship, and there are no prompts";
            }
            endpoints {
                Decided "A verb that a path does not take is 405, and Allow has those that it takes."
                    => a_path_takes_its_verbs_and_no_others;
                Live "endpoints of what is neither record nor schema"
                    => an_endpoint_that_is_not_there_is_404,
                    NotThere "the service keeps records, their links and their schemas, and nothing else";
            }
        }
    };
}

macro_rules! verdict {
    () => {
        Verdict::Same
    };
    ($verdict:ident $why:literal) => {
        Verdict::$verdict($why)
    };
}

macro_rules! list_of {
    ($($topic:ident {
        $($source:ident $rule:literal => $name:ident $(, $verdict:ident $why:literal)?;)*
    })*) => {
        /// Every case.
        pub const CASES: &[Case] = &[$($(Case {
            topic: stringify!($topic),
            name: stringify!($name),
            source: Source::$source,
            rule: $rule,
            verdict: verdict!($($verdict $why)?),
            run: |world| Box::pin($topic::$name(world)),
        },)*)*];
    };
}

cases!(list_of);
