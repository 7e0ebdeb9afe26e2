//! The hosted service's contract, spoken for a service that keeps the documented one: requests and
//! answers are changed on their way, as far as a client of records can see the difference.

mod answer;
mod body;
mod ids;
mod json;
mod objects;
mod query;
mod record;
mod refusal;
mod times;
mod unique;

use std::io;

use bytes::Bytes;
use clarify_schema::Object;
use http::StatusCode;
use http::header::{AUTHORIZATION, USER_AGENT};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use tokio::sync::RwLock;

use super::canned;
use super::message::{Request, Response};
use super::target::{Operation, Target};
use super::upstream::Behind;
use ids::Ids;
use objects::Objects;
use unique::Claims;

/// An answer without asking the service.
type Refusal = Box<Response>;

/// The dialect of the hosted service.
pub(super) struct Live {
    seed: u64,
    key: String,
    objects: Objects,
    ids: Ids,
    /// Held alone by who looks for a unique value and then creates, and together by all others who
    /// write.
    writes: RwLock<()>,
}

/// A call on the records of an object that is known.
struct Call<'c> {
    object: &'c Object,
    target: Target<'c>,
    /// The path without its query.
    path: &'c str,
    body: &'c Bytes,
}

impl Live {
    pub(super) fn new(seed: u64, objects: &[Object], key: &str) -> Self {
        Self {
            seed,
            key: key.to_owned(),
            objects: Objects::new(objects),
            ids: Ids::default(),
            writes: RwLock::default(),
        }
    }

    pub(super) fn shown_id(&self, object: &str, id: &str) -> String {
        let object = self.objects.get(object).expect("the object is known");
        self.ids.shown(object.id_prefix(), id)
    }

    /// The id of the service that a client means. Clients can't mean the service's own ids: what is
    /// no UUID becomes an id that no record has.
    fn kept_id(&self, object: &Object, id: &str) -> String {
        self.ids.kept(object.id_prefix(), id).unwrap_or_else(|| format!("{id}_"))
    }

    /// Answers a request. One that is about no records, or does not have the key, is for the
    /// service alone.
    pub(super) async fn serve(
        &self,
        request: &Request,
        behind: &mut Behind<'_>,
    ) -> io::Result<Response> {
        if !request.headers.contains_key(USER_AGENT) {
            return Ok(canned::error(StatusCode::FORBIDDEN, "Forbidden"));
        }
        let Some(call) = self.call(request) else { return behind.forward(request).await };
        match self.translate(&call, request) {
            Ok(request) => self.carry_out(&call, &request, behind).await,
            Err(refusal) => Ok(*refusal),
        }
    }

    fn call<'c>(&'c self, request: &'c Request) -> Option<Call<'c>> {
        let given = request.headers.get(AUTHORIZATION)?.to_str().ok()?;
        let (scheme, key) = given.split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("api-key") || key.trim() != self.key {
            return None;
        }
        let target = Target::read(&request.method, &request.target)?;
        let object = self.objects.get(target.object)?;
        Some(Call { object, target, path: request.path(), body: &request.body })
    }

    /// The request that the service gets, or why it gets none.
    fn translate(&self, call: &Call<'_>, request: &Request) -> Result<Request, Refusal> {
        if call.target.operation == Operation::Update {
            check_update(call)?;
        }
        Ok(Request {
            target: self.target(call, request)?,
            body: body::kept(self, call.object, call.body),
            ..request.clone()
        })
    }

    fn target(&self, call: &Call<'_>, request: &Request) -> Result<String, Refusal> {
        if call.target.operation == Operation::List {
            let query = query::kept(self, call.object, call.target.query)?;
            return Ok(format!("{}?{query}", call.path));
        }
        let Some(escaped) = call.target.id else { return Ok(request.target.clone()) };
        let id = percent_decode_str(escaped).decode_utf8_lossy();
        let id = self.kept_id(call.object, &id);
        let id = utf8_percent_encode(&id, NON_ALPHANUMERIC).to_string();
        let records = call.path.strip_suffix(escaped).unwrap_or(call.path);
        let query = request.target.strip_prefix(call.path).unwrap_or_default();
        Ok(format!("{records}{id}{query}"))
    }

    async fn carry_out(
        &self,
        call: &Call<'_>,
        request: &Request,
        behind: &mut Behind<'_>,
    ) -> io::Result<Response> {
        let answer = match Claims::read(call) {
            Some(claims) => {
                let _alone = self.writes.write().await;
                match claims.refusal(request, call, behind).await? {
                    Some(refusal) => refusal,
                    None => behind.forward(request).await?,
                }
            }
            None if call.target.operation.is_read() => behind.forward(request).await?,
            None => {
                let _together = self.writes.read().await;
                behind.forward(request).await?
            }
        };
        Ok(answer::shown(self, call, answer))
    }
}

/// The single form of an update fails for custom objects, and must name its record.
fn check_update(call: &Call<'_>) -> Result<(), Refusal> {
    if call.object.is_custom() {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        return Err(canned::error(status, "Internal server error").into());
    }
    if !body::names_record(call.body) {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Err(refusal::invalid(status, "/data/id", "`id` is required").into());
    }
    Ok(())
}
