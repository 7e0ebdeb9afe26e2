// Cause: Arguments of a select are misspelt.
// Cure: Write them as the help says.
// Good: It guesses what was meant.

use clarify_core::ClarifySelect;

#[derive(ClarifySelect)]
enum Status {
    #[clarify(renam = "To Do")]
    ToDo,
}

fn main() {}
