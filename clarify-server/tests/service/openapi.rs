//! The OpenAPI document, and real answers held against it.

use clarify_server::{Contract, Server};
use serde_json::{Value, json};

use crate::client::{Answer, CLIENT, Service, answer};

const CONTRACTS: [Contract; 2] = [Contract::Documented, Contract::Live];

/// A service and its document, which nobody needs a key for.
struct Described {
    service: Service,
    document: Value,
}

impl Described {
    fn new(contract: Contract) -> Self {
        let service = Service::of(Server::builder().contract(contract));
        let url = format!("http://{}/openapi.json", service.server.addr());
        let shown = answer(CLIENT.get(url));
        assert_eq!(shown.header("content-type"), Some("application/json"));
        Self { service, document: shown.expect(200) }
    }

    /// What an answer has that the document does not say of its status.
    fn differences(&self, request: &str, answer: &Answer) -> Vec<String> {
        let (verb, path) = request.split_once(' ').unwrap();
        let path = format!("/v1/workspaces/{{workspace}}{path}");
        let answers = &self.document["paths"][&path][verb]["responses"];
        let described = self.resolve(&answers[answer.status.to_string()]);
        let schema = &described["content"]["application/json"]["schema"];
        assert!(schema.is_object(), "{request} {}: {described}", answer.status);
        let schema = json!({ "allOf": [schema], "components": self.document["components"] });
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        validator.iter_errors(&answer.json()).map(|error| error.to_string()).collect()
    }

    fn resolve<'d>(&'d self, described: &'d Value) -> &'d Value {
        let reference = described["$ref"].as_str().and_then(|at| at.strip_prefix('#'));
        reference.map_or(described, |at| self.document.pointer(at).unwrap())
    }
}

#[test]
fn the_document_is_openapi_3_1_of_the_contract() {
    let pages = CONTRACTS.map(|contract| {
        let document = Described::new(contract).document;
        assert_eq!(document["openapi"], "3.1.0");
        document["components"]["parameters"]["limit"]["schema"]["maximum"].clone()
    });
    assert_eq!(pages, [json!(1000), json!(500)]);
}

#[test]
fn answers_have_the_shapes_that_the_document_says() {
    for described in CONTRACTS.map(Described::new) {
        let service = &described.service;
        let company = service.create("company", &json!({ "domains": { "items": ["cern.ch"] } }));
        let id = company.expect(201)["data"]["id"].clone();
        let person = json!({ "name": "Ana Lee", "company_id": id });
        let person = service.create("person", &person);
        let list = service.get("/objects/person/resources?include=company_id&page[limit]=1");
        let refused = service.create("person", &json!({ "nam": 1, "email_addresses": 2 }));
        let unknown = service.get("/objects/person/records/x");
        let schemas = service.get("/schemas");
        for (request, status, answer) in [
            ("post /objects/{object}/records", 201, company),
            ("post /objects/{object}/records", 201, person),
            ("post /objects/{object}/records", 422, refused),
            ("get /objects/{object}/resources", 200, list),
            ("get /objects/{object}/records/{id}", 404, unknown),
            ("get /schemas", 200, schemas),
        ] {
            answer.expect(status);
            let differences = described.differences(request, &answer);
            assert!(differences.is_empty(), "{request}: {differences:?}: {}", answer.text);
        }
    }
}

#[test]
fn an_answer_of_one_contract_is_not_one_of_the_other() {
    let [documented, live] = CONTRACTS.map(Described::new);
    let request = "get /objects/{object}/resources";
    let page = documented.service.get("/objects/person/resources");
    assert!(documented.differences(request, &page).is_empty());
    assert!(!live.differences(request, &page).is_empty());
}
