//! Rules that are no case's own: one that a case shows beside its own, and those that take a client,
//! a second service, time or a full disk.

use crate::cases::{Source, Verdict};

/// A rule that is no case's own.
pub struct Rule {
    /// The topic of the cases that it stands with.
    pub topic: &'static str,
    /// Where the rule stands.
    pub source: Source,
    /// The rule.
    pub rule: &'static str,
    /// How our service, or our client, stands to it.
    pub verdict: Verdict,
    /// What shows it.
    pub shown: Shown,
}

/// What shows a rule.
#[derive(Clone, Copy, Debug)]
pub enum Shown {
    /// A case, as `topic::name`.
    Case(&'static str),
    /// A test: its file, from the top of the repository, and its function.
    Test(&'static str, &'static str),
    /// Nothing does.
    Nowhere,
}

use Shown::{Case, Test};

macro_rules! verdict {
    () => {
        Verdict::Same
    };
    ($verdict:ident $why:literal) => {
        Verdict::$verdict($why)
    };
}

macro_rules! rules {
    ($($topic:ident {
        $($source:ident $rule:literal => $shown:expr $(, $verdict:ident $why:literal)?;)*
    })*) => {
        /// Every such rule.
        pub const RULES: &[Rule] = &[$($(Rule {
            topic: stringify!($topic),
            source: Source::$source,
            rule: $rule,
            verdict: verdict!($($verdict $why)?),
            shown: $shown,
        }),*),*];
    };
}

rules! {
    answers {
        Live "429 for more than 3,000 requests in a rolling minute to one endpoint of a workspace, with Retry-After"
            => Test("clarify-server/tests/service/transport.rs", "requests_over_the_limit_are_refused_until_there_is_room"),
            Differs "there is no limit unless the service was started with one";
        Live "rates are of one workspace and one endpoint"
            => Test("clarify-server/tests/service/workspaces.rs", "rates_are_of_a_workspace_and_an_endpoint");
        Decided "A commit that fails (a full disk) answers 5xx, and nothing of it is visible."
            => Test("clarify-server/src/store/writer.rs", "a_full_disk_fails_a_write_and_the_writer_lives_on");
    }
    list {
        Live "links.next may come back with the scheme http, where nothing answers"
            => Case("list::the_next_link_is_absolute_with_raw_brackets_limit_first"),
            Differs "links begin with the URL that the service was asked by, or with its public one";
    }
    deleted {
        Live "what was deleted more than 30 days ago is listed no more"
            => Test("clarify-server/tests/service/durability.rs", "deleted_records_are_listed_for_thirty_days");
    }
    schemas {
        Live "409 `Schema is being modified by another request. Please retry.`"
            => Test("clarify-server/tests/service/schemas.rs", "of_edits_at_once_none_is_lost");
        Live "an edit is an asynchronous task"
            => Case("schemas::a_deleted_object_is_gone_with_its_records"),
            Differs "it is done before it is answered: the task has its `completed_at`";
    }
    values {
        Live "owner_id and assignee_id lead to users"
            => Case("values::every_known_field_is_kept"),
            NoEffect "there are no users: any id is kept, and leads nowhere";
    }
    client {
        Table "one record of a custom object is updated in bulk, under both contracts"
            => Case("update::a_custom_object_is_updated_alone_or_in_bulk");
        Live "the next page is asked for below the client's own base URL, whatever links.next says"
            => Test("tests/tests/client.rs", "a_link_to_another_host_is_not_followed");
        Live "the key is never sent to another host"
            => Test("tests/tests/faults.rs", "a_redirect_is_not_followed_and_the_key_stays_here");
        Decided "pages of 500 are asked for, which are valid under both contracts"
            => Test("tests/tests/hosted.rs", "lists_go_to_their_end_whatever_their_links_say");
        Live "a proxy's error document is read"
            => Test("tests/tests/faults.rs", "the_proxys_own_error_document_is_read");
        Live "an answer that is no JSON is an error with a piece of it"
            => Test("tests/tests/faults.rs", "a_proxys_page_is_a_server_error_with_a_piece_of_the_page");
        Live "the oddities of schemas are survived: slugs as titles, objects under core/, unknown keys and kinds"
            => Test("clarify-schema/src/documents/document.rs", "the_oddities_of_the_hosted_service_are_survived");
        Decided "A create without match is never repeated once it may have been received."
            => Test("tests/tests/retries.rs", "a_create_is_repeated_only_where_it_surely_was_not_received");
        Decided "A delete that is repeated after a lost answer takes 404 as done."
            => Test("tests/tests/retries.rs", "a_deletion_whose_answer_was_lost_takes_404_as_done");
        Decided "What an upsert did that may have met its own first try is unknown, without Clarify-Matched."
            => Test("tests/tests/retries.rs", "what_an_upsert_did_is_unknown_once_an_answer_was_lost");
    }
}
