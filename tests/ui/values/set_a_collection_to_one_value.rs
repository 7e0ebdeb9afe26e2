use clarify_core::Patch;

include!("../objects.rs");

fn example() {
    let _ = Patch::new().set(Company::DOMAINS, "example.com");
}

fn main() {}
