use std::collections::{BTreeMap, BTreeSet};

use reqwest::Method;
use reqwest::blocking::Client;

use super::*;
use crate::http::routes::routes;
use crate::{Contract, Server};

const CONTRACTS: [Contract; 2] = [Contract::Documented, Contract::Live];

/// The verbs of each path.
type Verbs = BTreeMap<String, BTreeSet<String>>;

fn described(contract: Contract) -> Verbs {
    let document = document(contract.terms(), None);
    let paths = document["paths"].as_object().unwrap().clone();
    let verbs = |path: Value| path.as_object().unwrap().keys().map(|v| v.to_uppercase()).collect();
    paths.into_iter().map(|(path, verbs_of)| (path, verbs(verbs_of))).collect()
}

/// The verbs that each path of the router takes, as a refusal of another one tells them.
fn served(contract: Contract) -> Verbs {
    let server = Server::builder().contract(contract).start().unwrap();
    let client = Client::builder().no_proxy().build().unwrap();
    let other = Method::from_bytes(b"OTHER").unwrap();
    let key = format!("api-key {}", server.api_key());
    let verbs = |path: &str| {
        let path = path.replace("{workspace}", "local").replace("{object}", "person");
        let url = format!("http://{}{}", server.addr(), path.replace(['{', '}'], ""));
        let refused = client.request(other.clone(), url).header("authorization", &key).send();
        let refused = refused.unwrap();
        assert_eq!(refused.status(), 405, "{path}");
        let allow = refused.headers()["allow"].to_str().unwrap().to_owned();
        // Where there is a `GET` there is a `HEAD`.
        let verbs = allow.split(',').map(str::trim).filter(|verb| *verb != "HEAD");
        verbs.map(str::to_owned).collect()
    };
    routes().iter().map(|route| (route.path.to_string(), verbs(&route.path))).collect()
}

#[test]
fn the_document_has_the_endpoints_that_are_served_and_no_others() {
    for contract in CONTRACTS {
        assert_eq!(described(contract), served(contract), "{contract:?}");
    }
}

fn walk(value: &Value, see: &mut impl FnMut(&str, &Value)) {
    let members = value.as_object().into_iter().flatten();
    for (name, member) in members {
        see(name, member);
        walk(member, see);
    }
    value.as_array().into_iter().flatten().for_each(|item| walk(item, see));
}

#[test]
fn every_reference_leads_somewhere_and_every_component_is_used() {
    for contract in CONTRACTS {
        let document = document(contract.terms(), None);
        let mut used = BTreeSet::new();
        walk(&document, &mut |name, member| {
            if let ("$ref", Some(reference)) = (name, member.as_str()) {
                used.insert(reference.trim_start_matches('#').to_owned());
            }
        });
        let there = |group: &str| {
            let names = document["components"][group].as_object().unwrap().keys();
            names.map(|name| format!("/components/{group}/{name}")).collect::<Vec<_>>()
        };
        let groups = ["parameters", "headers", "responses", "schemas"];
        let there: BTreeSet<_> = groups.into_iter().flat_map(there).collect();
        assert_eq!(used, there, "{contract:?}");
    }
}

#[test]
fn every_parameter_of_a_path_is_described() {
    let document = document(Contract::Live.terms(), None);
    for (path, verbs) in document["paths"].as_object().unwrap() {
        let named = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
        let named: BTreeSet<_> = named.collect();
        for (verb, operation) in verbs.as_object().unwrap() {
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let places = parameters.map(|parameter| parameter["$ref"].as_str().unwrap());
            let described = places.map(|at| document.pointer(at.trim_start_matches('#')).unwrap());
            let described = described.filter(|parameter| parameter["in"] == "path");
            let described: BTreeSet<_> =
                described.map(|parameter| parameter["name"].as_str().unwrap()).collect();
            assert_eq!(described, named, "{verb} {path}");
        }
    }
}

#[test]
fn paths_begin_with_the_public_url() {
    let document = document(Contract::Documented.terms(), Some("https://crm.example/api"));
    assert_eq!(document["servers"][0]["url"], "https://crm.example/api");
}
