//! Orders that belong together: what filters, sorts and pages are shown on.

use serde_json::{Value, json};

use crate::World;

/// Orders with one beginning of their numbers, each with a name after it.
pub(super) struct Orders<'w> {
    world: &'w World,
    marker: String,
}

impl<'w> Orders<'w> {
    /// Creates them in this order.
    pub(super) async fn create(world: &'w World, orders: &[(&str, Value)]) -> Self {
        let marker = format!("{}:", world.unique("order"));
        let number = |(name, attributes): &(&str, Value)| {
            let mut attributes = attributes.clone();
            attributes["order_number"] = format!("{marker}{name}").into();
            attributes
        };
        for batch in orders.chunks(25) {
            let batch: Vec<_> = batch.iter().map(number).collect();
            world.bulk_create("c_sales_order", &batch).await.ids(201);
        }
        Self { world, marker }
    }

    /// What the numbers of these orders begin with.
    pub(super) fn marker(&self) -> &str {
        &self.marker
    }

    /// The query that keeps to these orders.
    pub(super) fn query(&self, rest: &str) -> String {
        let and = if rest.is_empty() { "" } else { "&" };
        format!("filter[order_number][Starts with]={}{and}{rest}", self.marker)
    }

    /// A page of these orders.
    pub(super) async fn page(&self, rest: &str) -> crate::Answer {
        self.world.list("c_sales_order", &self.query(rest)).await
    }

    /// The names of the orders that a query finds, in their order, with spaces between.
    pub(super) async fn find(&self, rest: &str) -> String {
        let data = self.page(rest).await.data(200);
        let name = |order: &Value| {
            let number = order["attributes"]["order_number"].as_str().unwrap();
            number.strip_prefix(&self.marker).unwrap().to_owned()
        };
        data.as_array().unwrap().iter().map(name).collect::<Vec<_>>().join(" ")
    }

    /// Checks what each filter on a field finds: operator, value, names.
    pub(super) async fn check(&self, field: &str, cases: &[(&str, &str, &str)]) {
        for (operator, value, expected) in cases {
            let filter = format!("filter[{field}][{operator}]={value}");
            assert_eq!(self.find(&filter).await, *expected, "{filter}");
        }
    }
}

/// This many orders without anything but a number, `n00` and on.
pub(super) async fn plain(world: &World, count: usize) -> Orders<'_> {
    let names: Vec<_> = (0..count).map(|n| format!("n{n:02}")).collect();
    let orders: Vec<_> = names.iter().map(|name| (name.as_str(), json!({}))).collect();
    Orders::create(world, &orders).await
}
