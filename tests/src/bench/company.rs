//! The records that the benchmarks write: companies of five fields.

/// The workspace that they are in.
pub const WORKSPACE: &str = "acme";

/// Its key.
pub const KEY: &str = "secret";

/// The attributes of a company: by its number, what it is, and by the round, what has changed of it.
#[must_use]
pub fn company(number: u64, round: u64) -> String {
    format!(
        "{{\"name\":\"Company {} Ltd\",\"domains\":{{\"items\":[\"c{number}.example\"]}},\
         \"industry\":\"Trade {}\",\"employee_count\":{},\
         \"description\":\"Number {number} in the register of companies\"}}",
        number * 7919 % 1_000_003,
        number % 1000,
        (number * 104_729 + round) % 50_000
    )
}

/// The same as it is sent.
#[must_use]
pub fn resource(number: u64, round: u64) -> String {
    format!("{{\"type\":\"company\",\"attributes\":{}}}", company(number, round))
}
