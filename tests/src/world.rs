//! A service, and how the cases talk to it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use clarify_core::{Client, Records};
use clarify_schema::BUILT_INS;
use clarify_server::{Contract, Server};
use http::Method;
use serde_json::{Value, json};

use crate::answer::{Answer, id_of};
use crate::line::{Line, Request};
use crate::objects::{self, Company, Deal, Meeting, Person, Product, SalesOrder, Task};

/// A running service with the objects of [`objects`], and two ways to talk to it: plain JSON and
/// the typed client.
///
/// The cases know nothing else of it, so that they can be shown on any service that has the
/// objects: one of our own, or the hosted one.
pub struct World {
    base: String,
    key: String,
    workspace: String,
    contract: Contract,
    line: Line,
    client: Client,
    /// Stopped on drop, if it is ours.
    _server: Option<Server>,
}

impl World {
    /// A service of our own, in memory, that speaks the documented contract.
    #[must_use]
    pub fn start() -> Self {
        Self::speaking(Contract::Documented)
    }

    /// A service of our own, in memory.
    #[must_use]
    pub fn speaking(contract: Contract) -> Self {
        let builder = Server::builder().contract(contract).workspace("acme").api_key("secret");
        let builder = objects::ALL.iter().fold(builder, |builder, object| builder.register(object));
        let server = builder.start().expect("the service starts");
        let world = Self::at(server.url(), "acme", "secret").under(contract);
        Self { _server: Some(server), ..world }
    }

    /// A service that runs elsewhere and speaks the documented contract. `base` is the whole URL of
    /// the workspace.
    #[must_use]
    pub fn at(base: impl Into<String>, workspace: &str, key: &str) -> Self {
        let base = base.into();
        let client = Client::builder(workspace).api_key(key).base_url(&base).build();
        let client = client.expect("the client can be built");
        Self {
            client,
            base,
            key: key.to_owned(),
            workspace: workspace.to_owned(),
            contract: Contract::Documented,
            line: Line::default(),
            _server: None,
        }
    }

    /// The same service, with all that is sent to it, the typed client's calls too, on this line.
    #[must_use]
    pub fn on(self, line: Line) -> Self {
        let client = Client::builder(&*self.workspace).api_key(&*self.key).base_url(&*self.base);
        let client = client.transport(line.clone()).build().expect("the client can be built");
        Self { client, line, ..self }
    }

    /// The same service, which speaks this contract.
    #[must_use]
    pub fn under(self, contract: Contract) -> Self {
        Self { contract, ..self }
    }

    /// The URL of the workspace.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The URL below which the versions of the API are: `http://127.0.0.1:8787`.
    #[must_use]
    pub fn root(&self) -> &str {
        self.base.split("/v1/").next().unwrap_or_default()
    }

    /// The API key.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The workspace's slug.
    #[must_use]
    pub fn workspace(&self) -> &str {
        &self.workspace
    }

    /// The contract of the service. A case asks for it only where the two differ.
    #[must_use]
    pub fn contract(&self) -> Contract {
        self.contract
    }

    /// Whether the service speaks the live contract.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.contract == Contract::Live
    }

    /// The one of two values that the contract says.
    #[must_use]
    pub fn either<T>(&self, documented: T, live: T) -> T {
        if self.is_live() { live } else { documented }
    }

    /// The typed client.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// A text that no other record has: `{stem}-` and something of its own, in lower case.
    #[must_use]
    pub fn unique(&self, stem: &str) -> String {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        format!("{stem}-{:x}-{:x}-{count}", now.as_micros(), std::process::id())
    }

    /// An e-mail address that no other record has.
    #[must_use]
    pub fn email(&self, name: &str) -> String {
        format!("{}@example.com", self.unique(name))
    }

    /// A domain that no other record has.
    #[must_use]
    pub fn domain(&self, name: &str) -> String {
        format!("{}.example", self.unique(name))
    }
}

macro_rules! typed {
    ($($(#[$doc:meta])* $method:ident: $object:ident;)*) => {
        impl World {$(
            $(#[$doc])*
            #[must_use]
            pub fn $method(&self) -> Records<$object> {
                self.client.records()
            }
        )*}
    };
}

typed! {
    /// The typed people.
    people: Person;
    /// The typed companies.
    companies: Company;
    /// The typed deals.
    deals: Deal;
    /// The typed meetings.
    meetings: Meeting;
    /// The typed tasks.
    tasks: Task;
    /// The typed orders.
    orders: SalesOrder;
    /// The typed products.
    products: Product;
}

impl World {
    /// A request below the workspace that has the key and a user agent, to be changed and sent.
    pub fn request(&self, method: Method, path: &str) -> Request {
        let request = self.line.request(method, &format!("{}{path}", self.base));
        request
            .header("Authorization", format!("api-key {}", self.key))
            .header("User-Agent", "clarify-tests")
    }

    /// Sends a request as it is, to any URL, without the key.
    pub fn stranger(&self, method: Method, url: &str) -> Request {
        self.nameless(method, url).header("User-Agent", "clarify-tests")
    }

    /// Sends a request as it is, to any URL, without the key and without a user agent.
    pub fn nameless(&self, method: Method, url: &str) -> Request {
        self.line.request(method, url)
    }

    async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        let mut request = self.request(method, path);
        if let Some(body) = body {
            request = request.header("Content-Type", "application/json").body(body.to_string());
        }
        Answer::of(request).await
    }

    /// `GET`.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    /// `POST`.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, Some(&body)).await
    }

    /// `PUT`.
    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(Method::PUT, path, Some(&body)).await
    }

    /// `PATCH`.
    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send(Method::PATCH, path, Some(&body)).await
    }

    /// `DELETE` without a body.
    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None).await
    }

    /// `DELETE` with a body.
    pub async fn delete_with(&self, path: &str, body: Value) -> Answer {
        self.send(Method::DELETE, path, Some(&body)).await
    }

    /// Creates a record from its attributes, and shows it: `{id, type, attributes}`.
    pub async fn create(&self, object: &str, attributes: Value) -> Value {
        let body = json!({ "data": { "type": object, "attributes": attributes } });
        self.post(&format!("/objects/{object}/records"), body).await.data(201)
    }

    /// Creates a record, and gives its id.
    pub async fn created(&self, object: &str, attributes: Value) -> String {
        id_of(&self.create(object, attributes).await)
    }

    /// Creates a batch of records from their attributes.
    pub async fn bulk_create(&self, object: &str, attributes: &[Value]) -> Answer {
        let body = json!({ "data": resources(object, attributes) });
        self.post(&format!("/objects/{object}/records/bulk"), body).await
    }

    /// The body of a create that changes the record it matches, where there is one. The documented
    /// contract needs no word for that, and gets none.
    #[must_use]
    pub fn matching(&self, object: &str, mut body: Value) -> Value {
        let known = objects::ALL.iter().copied().chain(BUILT_INS);
        let unique = known.filter(|known| known.name == object).find_map(|o| o.unique_field());
        if let Some(field) = unique.filter(|_| self.is_live()) {
            body["match_on"] = field.name.to_string().into();
        }
        body
    }

    /// Creates a record or changes the one that it matches, and shows it.
    pub async fn upsert(&self, object: &str, attributes: Value) -> Value {
        let body = json!({ "data": { "type": object, "attributes": attributes } });
        let path = format!("/objects/{object}/records");
        self.post(&path, self.matching(object, body)).await.data(201)
    }

    /// Creates a record or changes the one that it matches, and gives its id.
    pub async fn upserted(&self, object: &str, attributes: Value) -> String {
        id_of(&self.upsert(object, attributes).await)
    }

    /// Creates records or changes those that they match.
    pub async fn bulk_upsert(&self, object: &str, attributes: &[Value]) -> Answer {
        let body = json!({ "data": resources(object, attributes) });
        self.post(&format!("/objects/{object}/records/bulk"), self.matching(object, body)).await
    }

    /// Changes a record.
    pub async fn update(&self, object: &str, id: &str, attributes: Value) -> Answer {
        let body = json!({ "data": { "type": object, "id": id, "attributes": attributes } });
        self.patch(&format!("/objects/{object}/records/{id}"), body).await
    }

    /// Changes a record by a bulk update of it alone, which every object takes.
    pub async fn update_in_bulk(&self, object: &str, id: &str, attributes: Value) -> Answer {
        let body = json!({ "data": [{ "type": object, "id": id, "attributes": attributes }] });
        self.patch(&format!("/objects/{object}/records"), body).await
    }

    /// The attributes of a record.
    pub async fn attributes(&self, object: &str, id: &str) -> Value {
        let answer = self.get(&format!("/objects/{object}/records/{id}")).await;
        answer.data(200)["attributes"].take()
    }

    /// Whether there is a record of this id.
    pub async fn exists(&self, object: &str, id: &str) -> bool {
        let answer = self.get(&format!("/objects/{object}/records/{id}")).await;
        if answer.status == 200 {
            return true;
        }
        answer.refused(404);
        false
    }

    /// A person's name of two words that was written as a text, as it is shown.
    #[must_use]
    pub fn name(&self, full: &str) -> Value {
        let (first, last) = full.split_once(' ').expect("a name of two words");
        let parts = json!({ "first_name": first, "last_name": last, "full_name": full });
        self.either(json!(full), parts)
    }

    /// A list, with a query that is sent as it is.
    pub async fn list(&self, object: &str, query: &str) -> Answer {
        self.get(&format!("/objects/{object}/resources?{query}")).await
    }
}

fn resources(object: &str, attributes: &[Value]) -> Vec<Value> {
    let resource = |attributes| json!({ "type": object, "attributes": attributes });
    attributes.iter().map(resource).collect()
}
