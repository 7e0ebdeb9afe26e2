use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "deal")]
struct Deal {
    name: String,
    #[clarify(kind = "number")]
    amount: Option<f64>,
}

fn main() {}
