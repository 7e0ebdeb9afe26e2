use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "meeting")]
struct Meeting {
    #[clarify(unique)]
    title: Option<String>,
}

fn main() {}
