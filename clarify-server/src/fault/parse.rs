//! Faults as text.

use std::str::FromStr;
use std::time::Duration;

use super::{Fault, Harm};
use crate::Error;

const FORM: &str = "one of `latency=200ms`, `status=429`, `cut=before`, `cut=after`, and then any of \
                    `share=0.1`, `seed=7`, `nth=3`, `route=POST /records/bulk`, divided by commas";

impl FromStr for Fault {
    type Err = Error;

    /// # Errors
    ///
    /// One line that names the part which is wrong and shows a good one.
    fn from_str(text: &str) -> Result<Self, Error> {
        let mut parts = Parts::default();
        for part in text.split(',') {
            parts.take(part).map_err(|why| Error::Setting(format!("fault `{text}`: {why}")))?;
        }
        let Parts { harm, share, seed, nth, route } = parts;
        let Some(harm) = harm else {
            return Err(Error::Setting(format!("fault `{text}`: expected {FORM}")));
        };
        let seed = seed.unwrap_or_default();
        let (verb, path) = route.unwrap_or_default();
        let fault = Self { harm, share, seed, nth, verb, path };
        fault.check()?;
        Ok(fault)
    }
}

#[derive(Default)]
struct Parts {
    harm: Option<Harm>,
    share: Option<f64>,
    seed: Option<u64>,
    nth: Option<u64>,
    route: Option<Route>,
}

/// A verb, if there is one, and a path.
type Route = (Option<String>, Option<String>);

impl Parts {
    fn take(&mut self, part: &str) -> Result<(), String> {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        match name {
            "latency" => put(&mut self.harm, part, time(value).map(Harm::Latency), "latency=200ms"),
            "status" => {
                put(&mut self.harm, part, value.parse().ok().map(Harm::Status), "status=429")
            }
            "cut" => put(&mut self.harm, part, cut(value), "cut=before` or `cut=after"),
            "share" => put(&mut self.share, part, value.parse().ok(), "share=0.1"),
            "seed" => put(&mut self.seed, part, value.parse().ok(), "seed=7"),
            "nth" => put(&mut self.nth, part, value.parse().ok(), "nth=3"),
            "route" => put(&mut self.route, part, Some(route(value)), "route=POST /records/bulk"),
            _ => Err(format!("`{part}` is no part of a fault: expected {FORM}")),
        }
    }
}

fn put<T>(slot: &mut Option<T>, part: &str, value: Option<T>, good: &str) -> Result<(), String> {
    let Some(value) = value else {
        let found = part.split_once('=').map_or("", |(_, value)| value);
        return Err(format!("expected `{good}`, found `{found}`"));
    };
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(format!("`{part}` contradicts a part before it")),
    }
}

fn cut(text: &str) -> Option<Harm> {
    match text {
        "before" => Some(Harm::CutBefore),
        "after" => Some(Harm::CutAfter),
        _ => None,
    }
}

fn time(text: &str) -> Option<Duration> {
    if let Some(count) = text.strip_suffix("ms") {
        return count.parse().ok().map(Duration::from_millis);
    }
    text.strip_suffix('s')?.parse().ok().map(Duration::from_secs)
}

fn route(text: &str) -> Route {
    match text.split_once(' ') {
        Some((verb, path)) => {
            (Some(verb.to_owned()).filter(|verb| verb != "*"), Some(path.trim_start().to_owned()))
        }
        None => (None, Some(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_is_read_in_any_order() {
        let parse = |text: &str| text.parse::<Fault>().unwrap();
        assert_eq!(parse("latency=200ms"), Fault::latency(Duration::from_millis(200)));
        assert_eq!(parse("nth=3,status=500"), Fault::status(500).nth(3));
        assert_eq!(parse("cut=before,share=0.05"), Fault::cut_before().share(0.05));
        let path = "/objects/{object}/records/bulk";
        let route = |verb: &str| parse(&format!("cut=after,route={verb}{path}"));
        assert_eq!(route("POST "), Fault::cut_after().on("POST", path));
        assert_eq!(route("* "), Fault::cut_after().on("*", path));
        assert_eq!(route(""), Fault::cut_after().on("*", path));
    }

    #[test]
    fn what_is_wrong_is_named_with_what_would_be_good() {
        for (text, expected) in [
            ("", "one of `latency=200ms`"),
            ("share=0.1", "one of `latency=200ms`"),
            ("latency=200", "expected `latency=200ms`, found `200`"),
            ("status=x,nth=1", "fault `status=x,nth=1`: expected `status=429`, found `x`"),
            ("status=200", "found `200`"),
            ("cut", "`cut=before` or `cut=after`, found ``"),
            ("status=429,share=2", "found `2`"),
            ("status=429,share=NaN", "found `NaN`"),
            ("status=429,nth=0", "`nth=1`"),
            ("status=429,cut=after", "`cut=after` contradicts"),
            ("status=429,sede=1", "`sede=1` is no part"),
            ("status=429,route=HEAD /x", "found `HEAD`"),
            ("status=429,route=records", "found `records`"),
        ] {
            let error = text.parse::<Fault>().unwrap_err().to_string();
            assert!(error.contains(expected) && !error.contains('\n'), "{text}: {error}");
        }
    }
}
