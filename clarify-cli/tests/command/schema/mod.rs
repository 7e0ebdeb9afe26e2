//! The workspace's schema beside a program.

mod check;
mod diff;
mod generate;
mod pull;
mod push;
mod served;
mod structs;

use clarify_schema::{Field, Kind, Object};

use crate::scene::Scene;

/// A request to the service, by the command's own connection: a program changes the schema.
fn register(scene: &Scene, object: &Object) {
    scene.server.register(object).unwrap();
}

/// The order of the scene, with other fields as well.
fn order_with(fields: Vec<Field>) -> Object {
    let mut all = vec![Field::new("order_number", Kind::Text).required().unique()];
    all.extend(fields);
    Object::named("c_sales_order", all)
}

fn select(name: &'static str, options: &[&'static str]) -> Field {
    let mut field = Field::new(name, Kind::Select);
    field.options = options.iter().map(|option| (*option).into()).collect::<Vec<_>>().into();
    field
}
