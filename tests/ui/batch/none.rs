use clarify_core::Batch;

fn main() {
    let _ = Batch::<u8>::of([]);
}
