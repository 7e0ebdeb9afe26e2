//! A service and a client that knows nothing but HTTP.

use std::sync::LazyLock;

use clarify_server::{Server, ServerBuilder, Workspace};
use reqwest::Method;
use reqwest::blocking::Client;
use serde_json::{Value, json};

pub(crate) static CLIENT: LazyLock<Client> =
    LazyLock::new(|| Client::builder().no_proxy().build().expect("a client"));

pub(crate) struct Service {
    pub(crate) server: Server,
    /// The workspace that is talked to, and its key.
    base: String,
    key: String,
}

/// An answer, read whole.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The body, when the status is this one.
    pub(crate) fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.json()
    }

    /// Status, pointer and detail of each error, when the answer's status is this one.
    pub(crate) fn errors(&self, status: u16) -> Vec<(String, String, String)> {
        let document = self.expect(status);
        assert_eq!(self.header("content-type"), Some("application/json"));
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let error =
            |e: &Value| (text(&e["status"]), text(&e["source"]["pointer"]), text(&e["detail"]));
        document["errors"].as_array().unwrap().iter().map(error).collect()
    }

    /// The one error's detail.
    pub(crate) fn detail(&self, status: u16) -> String {
        let errors = self.errors(status);
        assert_eq!(errors.len(), 1, "{errors:?}");
        errors[0].2.clone()
    }

    /// The one error's pointer.
    pub(crate) fn pointer(&self, status: u16) -> String {
        let errors = self.errors(status);
        assert_eq!(errors.len(), 1, "{errors:?}");
        errors[0].1.clone()
    }
}

impl Service {
    pub(crate) fn new() -> Self {
        Self::of(Server::builder())
    }

    pub(crate) fn of(builder: ServerBuilder) -> Self {
        let server = builder.start().unwrap();
        Self { base: server.url(), key: server.api_key().to_owned(), server }
    }

    /// The same service, of which this workspace is talked to.
    pub(crate) fn within(self, workspace: &Workspace) -> Self {
        let (base, key) = (workspace.url(), workspace.api_key().to_owned());
        Self { base, key, ..self }
    }

    pub(crate) fn request(&self, method: Method, url: &str) -> reqwest::blocking::RequestBuilder {
        let key = format!("api-key {}", self.key);
        CLIENT.request(method, url).header("authorization", key)
    }

    pub(crate) fn send(&self, method: Method, path: &str, body: Option<String>) -> Answer {
        let mut request = self.request(method, &format!("{}{path}", self.base));
        if let Some(body) = body {
            request = request.body(body);
        }
        answer(request)
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None)
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, Some(body.to_string()))
    }

    pub(crate) fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::PATCH, path, Some(body.to_string()))
    }

    pub(crate) fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None)
    }

    pub(crate) fn delete_with(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::DELETE, path, Some(body.to_string()))
    }

    pub(crate) fn create(&self, object: &str, attributes: &Value) -> Answer {
        let body = json!({ "data": { "type": object, "attributes": attributes } });
        self.post(&format!("/objects/{object}/records"), &body)
    }

    /// Creates a record and gives its id.
    pub(crate) fn id(&self, object: &str, attributes: &Value) -> String {
        let created = self.create(object, attributes).expect(201);
        created["data"]["id"].as_str().unwrap().to_owned()
    }

    pub(crate) fn create_bulk(&self, object: &str, attributes: &[Value]) -> Answer {
        let data: Vec<_> =
            attributes.iter().map(|a| json!({ "type": object, "attributes": a })).collect();
        self.post(&format!("/objects/{object}/records/bulk"), &json!({ "data": data }))
    }

    pub(crate) fn update(&self, object: &str, id: &str, attributes: &Value) -> Answer {
        let body = json!({ "data": { "type": object, "attributes": attributes } });
        self.patch(&format!("/objects/{object}/records/{id}"), &body)
    }

    /// The attributes of a record but for the system's times.
    pub(crate) fn attributes(&self, object: &str, id: &str) -> Value {
        let mut record = self.get(&format!("/objects/{object}/records/{id}")).expect(200);
        let attributes = record["data"]["attributes"].as_object_mut().unwrap();
        attributes.retain(|name, _| !name.starts_with('_'));
        Value::Object(std::mem::take(attributes))
    }

    /// A list with these parameters, encoded.
    pub(crate) fn list(&self, object: &str, parameters: &[(&str, &str)]) -> Answer {
        let url = format!("{}/objects/{object}/resources", self.base);
        let url = reqwest::Url::parse_with_params(&url, parameters).unwrap();
        answer(self.request(Method::GET, url.as_str()))
    }

    /// The ids that a list shows.
    pub(crate) fn ids(&self, object: &str, parameters: &[(&str, &str)]) -> Vec<String> {
        ids(&self.list(object, parameters).expect(200))
    }
}

pub(crate) fn ids(document: &Value) -> Vec<String> {
    let id = |record: &Value| record["id"].as_str().unwrap().to_owned();
    document["data"].as_array().unwrap().iter().map(id).collect()
}

pub(crate) fn answer(request: reqwest::blocking::RequestBuilder) -> Answer {
    let response = request.send().unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Answer { status, headers, text: response.text().unwrap() }
}
