// Cause: Fields are wrong in all ways: by their names, their marks and their types.
// Cure: Mend each.
// Good: All are said in one go, each at its place.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Order {
    tittle: Option<String>,
    #[clarify(unique)]
    amount: Option<f64>,
    total: Option<f64>,
    paid: Option<String>,
    placed_on: Option<f64>,
    lines: Vec<String>,
    shape: std::net::IpAddr,
}

fn main() {}
