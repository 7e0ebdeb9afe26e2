use clarify_core::ClarifySelect;

#[derive(ClarifySelect)]
enum Status {
    #[clarify(renam = "To Do")]
    ToDo,
}

fn main() {}
