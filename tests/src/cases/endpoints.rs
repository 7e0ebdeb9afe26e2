//! The API's endpoints, below a workspace.

use http::Method;

use crate::fidelity::{ENDPOINTS, MISSING};
use crate::{Answer, World};

/// A path with something in each of its places.
fn filled(path: &str) -> String {
    let part = |part: &'_ str| match part {
        "{object}" => "person".to_owned(),
        part if part.starts_with('{') => "x".to_owned(),
        part => part.to_owned(),
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

pub async fn a_path_takes_its_verbs_and_no_others(world: &World) {
    for endpoint in ENDPOINTS {
        let own = ENDPOINTS.iter().filter(|other| other.path == endpoint.path);
        let mut expected: Vec<_> = own.map(|own| own.verb).collect();
        let answer = Answer::of(world.request(Method::OPTIONS, &filled(endpoint.path))).await;
        answer.problem(405);
        let allow = answer.header("allow").unwrap_or_default();
        let mut allowed: Vec<_> = allow.split(',').filter(|verb| *verb != "HEAD").collect();
        allowed.sort_unstable();
        expected.sort_unstable();
        assert_eq!(allowed, expected, "{}", endpoint.path);
    }
}

pub async fn an_endpoint_that_is_not_there_is_404(world: &World) {
    for missing in MISSING {
        for verb in missing.verbs.split_whitespace() {
            let method = verb.parse::<Method>().expect("a verb");
            let answer = Answer::of(world.request(method, &filled(missing.path))).await;
            assert_eq!(answer.status, 404, "{verb} {}: {}", missing.path, answer.text);
            assert!(answer.problem(404).detail.starts_with("there is no path"), "{}", answer.text);
        }
    }
}
