use clarify_core::Batch;

fn main() {
    let _ = Batch::of([0; 26]);
}
