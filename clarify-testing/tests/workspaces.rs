//! Workspaces for tests: what they begin with, and how they go back to it.
// What a test does not expect ends it.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use std::time::Duration;

use clarify_core::blocking::Wait as _;
use clarify_core::schema::{Field, Kind, Object};
use clarify_core::{ClarifyObject, Client, Patch, Record, RecordId, RetryPolicy};
use clarify_testing::{Contract, Error, Fault, Workspace, workspace};

#[derive(Debug, Clone, PartialEq, ClarifyObject)]
#[clarify(object = "company")]
struct Company {
    name: Option<String>,
    #[clarify(unique)]
    domains: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, ClarifyObject)]
struct SalesOrder {
    #[clarify(unique)]
    order_number: String,
    total: Option<f64>,
    company_id: Option<RecordId<Company>>,
}

fn order(number: usize) -> SalesOrder {
    let order_number = format!("SO-{number}");
    SalesOrder { order_number, total: Some(number as f64), company_id: None }
}

fn company(name: &str) -> Company {
    Company { name: Some(name.into()), domains: vec![format!("{name}.ch")] }
}

async fn numbers(test: &Workspace) -> Vec<String> {
    let page = test.records::<SalesOrder>().list().await.unwrap();
    assert_eq!(page.total, Some(page.records.len() as u64));
    page.records.into_iter().map(|record| record.attributes.order_number).collect()
}

fn text(error: Result<impl Sized, Error>) -> String {
    error.err().unwrap().to_string()
}

#[tokio::test]
async fn it_begins_with_what_was_seeded_in_order() {
    for contract in [Contract::Documented, Contract::Live] {
        let builder = workspace().contract(contract).seed((0..60).map(order));
        let test = builder.seed([company("cern")]).seed([order(60)]).open().await.unwrap();
        let expected: Vec<_> = (0..=60).map(|n| order(n).order_number).collect();
        assert_eq!(numbers(&test).await, expected);
        let seeded = test.seeded::<SalesOrder>();
        assert_eq!(seeded.len(), 61);
        let last = test.records().get(seeded[60]).await.unwrap();
        assert_eq!((last.id, last.attributes), (seeded[60].id.clone(), order(60)));
        let [cern] = test.seeded::<Company>()[..] else { panic!() };
        let linked = SalesOrder { company_id: Some(cern.id.clone()), ..order(61) };
        let [linked] = &test.seed([linked]).await.unwrap()[..] else { panic!() };
        assert_eq!(linked.attributes.company_id.as_ref(), Some(&cern.id));
    }
}

#[tokio::test]
async fn a_seed_that_is_not_good_is_named() {
    let bad = SalesOrder { total: Some(1e13), ..order(7) };
    let error = text(workspace().seed((0..30).map(order).chain([bad])).open().await);
    assert!(error.starts_with("seed 30 of `c_sales_order`: total: "), "{error}");
    let twice = text(workspace().seed((0..30).map(order).chain([order(3)])).open().await);
    assert!(twice.starts_with("seed 30 of `c_sales_order`: its unique value"), "{twice}");
    let live = workspace().contract(Contract::Live);
    let twice = text(live.seed([order(3), order(3)]).open().await);
    assert!(twice.starts_with("seed 1 of `c_sales_order`: order_number: "), "{twice}");
    let test = workspace().open().await.unwrap();
    let twice = text(test.seed([company("a"), company("a")]).await);
    assert!(twice.starts_with("seed 1 of `company`: "), "{twice}");
}

#[tokio::test]
async fn what_can_not_be_had_is_named() {
    let time = text(workspace().time("yesterday").open().await);
    assert!(time.contains("`yesterday`") && time.contains("`2024-03-01T12:00:00Z`"), "{time}");
    let fault = text(workspace().fault(Fault::status(200)).open().await);
    assert!(fault.contains("`200`"), "{fault}");
    let title = Object::named("company", vec![Field::new("name", Kind::Number)]);
    assert!(text(workspace().register(&title).open().await).contains("`name`"));
    let file = text(workspace().data("/nowhere/records.db").open().await);
    assert!(file.contains("/nowhere/records.db") && file.contains("no such file"), "{file}");
    let taken = workspace().name("taken").open().await.unwrap();
    assert!(text(workspace().name("taken").open().await).contains("`taken`"));
    drop(taken);
    let test = workspace().name("taken").open().await.unwrap();
    assert_eq!(text(test.restore("loaded")), "there is no snapshot `loaded`: there are `opened`");
}

#[tokio::test]
async fn tests_see_nothing_of_each_other() {
    let (one, other) = (workspace().seed([order(1)]), workspace().seed([order(1), order(2)]));
    let (one, other) = (one.open().await.unwrap(), other.open().await.unwrap());
    assert_eq!(one.url().split("/v1/").next(), other.url().split("/v1/").next());
    one.records().create(&order(3)).await.unwrap();
    assert_eq!(numbers(&one).await, ["SO-1", "SO-3"]);
    assert_eq!(numbers(&other).await, ["SO-1", "SO-2"]);
    assert_eq!((one.requests().len(), other.requests().len()), (2, 1));
    let key = Client::builder(other.name()).base_url(other.url()).api_key(one.api_key());
    let orders = key.build().unwrap().records::<SalesOrder>();
    assert!(orders.list().await.unwrap_err().is_not_found());
}

#[test]
fn without_async_it_is_the_same() {
    let test = workspace().seed([order(1)]).open().wait().unwrap();
    let orders = test.records::<SalesOrder>();
    orders.create(&order(2)).wait().unwrap();
    assert_eq!(orders.list().wait().unwrap().records.len(), 2);
    test.reset().unwrap();
    assert_eq!(orders.list().wait().unwrap().records.len(), 1);
    assert_eq!(test.wait_for_requests(3).wait().unwrap().len(), 3);
}

#[tokio::test]
async fn everything_goes_back_to_a_snapshot() {
    let test = workspace().seed((0..40).map(order)).open().await.unwrap();
    let orders = test.records::<SalesOrder>();
    let before = orders.list().await.unwrap();
    test.snapshot("loaded").unwrap();
    for round in 0..3 {
        for record in before.records.iter().take(10) {
            orders.delete(record).await.unwrap();
        }
        let renumbered = Patch::new().set(SalesOrder::ORDER_NUMBER, "SO-x");
        orders.update(&before.records[11], renumbered).await.unwrap();
        // The value of a record that was deleted, and the one that was given up.
        let again = orders.create(&order(0)).await.unwrap();
        let given_up = orders.create(&order(11)).await.unwrap();
        assert_ne!(again.id, before.records[0].id);
        test.register(&Object::named("c_note", vec![Field::new("text", Kind::Text)])).unwrap();
        let colour = vec![Field::new("colour", Kind::Text)];
        test.register(&Object::named("c_sales_order", colour)).unwrap();
        test.restore("loaded").unwrap();

        assert_eq!(orders.list().await.unwrap().records, before.records, "round {round}");
        assert!(orders.get(&given_up).await.unwrap_err().is_not_found());
        assert!(orders.upsert(&order(11)).await.unwrap().id == before.records[11].id);
        let notes = test.client().dynamic("c_note").unwrap();
        assert!(notes.list().await.unwrap_err().is_not_found());
        let unknown = test.client().dynamic("c_sales_order").unwrap();
        let coloured = [("colour".to_owned(), "red".into())].into_iter().collect();
        assert!(unknown.create(&coloured).await.unwrap_err().is_invalid());
        test.restore("loaded").unwrap();
    }
}

#[tokio::test]
async fn totals_that_were_counted_go_back() {
    let test = workspace().seed((0..40).map(order)).open().await.unwrap();
    let orders = test.records::<SalesOrder>();
    let large = async || {
        let list = orders.list().filter(SalesOrder::TOTAL.ge(20)).limit(1);
        list.await.unwrap().total.unwrap()
    };
    assert_eq!(large().await, 20);
    // The same number of writes, each time with another total, and none is asked for in between.
    for number in [100, 0, 200] {
        let changed = SalesOrder { total: Some(number as f64), ..order(39) };
        orders.upsert(&changed).await.unwrap();
        orders.upsert(&SalesOrder { total: Some(number as f64), ..order(1) }).await.unwrap();
        assert_eq!(large().await, if number == 0 { 19 } else { 21 });
        test.reset().unwrap();
    }
    assert_eq!(large().await, 20);
}

#[tokio::test]
async fn one_goes_back_and_forth_between_snapshots() {
    let test = workspace().seed([order(0)]).open().await.unwrap();
    for number in 1..4 {
        test.records().create(&order(number)).await.unwrap();
        test.snapshot(&number.to_string()).unwrap();
    }
    for number in [2, 1, 3, 3, 1, 2] {
        test.restore(&number.to_string()).unwrap();
        assert_eq!(numbers(&test).await.len(), number + 1);
    }
    test.reset().unwrap();
    assert_eq!(numbers(&test).await, ["SO-0"]);
    test.restore("3").unwrap();
    test.snapshot("1").unwrap();
    test.reset().unwrap();
    test.restore("1").unwrap();
    assert_eq!(numbers(&test).await.len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn going_back_waits_for_what_is_under_way() {
    let test = workspace().seed([order(0)]).open().await.unwrap();
    let orders = test.records::<SalesOrder>();
    for _ in 0..10 {
        let writing: Vec<_> = (1..20)
            .map(|number| {
                let orders = orders.clone();
                tokio::spawn(async move { orders.create(&order(number)).await.map(drop) })
            })
            .collect();
        tokio::task::yield_now().await;
        test.reset().unwrap();
        for writing in writing {
            writing.await.unwrap().unwrap();
        }
        test.reset().unwrap();
        assert_eq!(numbers(&test).await, ["SO-0"]);
    }
}

#[tokio::test]
async fn the_clock_is_set_and_put_forward() {
    let test = workspace().time("2024-03-01T12:00:00Z").seed([order(1)]).open().await.unwrap();
    let [seeded] = test.seeded::<SalesOrder>()[..] else { panic!() };
    let times = |record: &Record<SalesOrder>| {
        let shown = |time: Option<jiff::Timestamp>| time.unwrap().to_string();
        (shown(record.created_at), shown(record.updated_at))
    };
    let (noon, later) = ("2024-03-01T12:00:00Z".to_owned(), "2024-03-01T12:01:30Z".to_owned());
    assert_eq!(times(seeded), (noon.clone(), noon.clone()));
    test.advance(Duration::from_secs(90));
    let orders = test.records::<SalesOrder>();
    orders.update(seeded, Patch::new().set(SalesOrder::TOTAL, 7.0)).await.unwrap();
    assert_eq!(times(&orders.get(seeded).await.unwrap()), (noon, later));
    test.set_time("2023-12-31T23:59:59.5Z").unwrap();
    let new = orders.create(&order(2)).await.unwrap();
    assert_eq!(times(&new).0, "2023-12-31T23:59:59Z");
    assert!(new.id.as_str() > seeded.id.as_str(), "ids go up all the same");
    assert!(text(test.set_time("soon")).contains("`soon`"));
}

#[tokio::test]
async fn a_minute_of_a_rate_limit_passes_at_once() {
    let test = workspace().seed((0..60).map(order)).rate_limit(1).open().await.unwrap();
    // A client that knows of the limit would wait for real.
    let list = async || {
        let client = Client::builder(test.name()).base_url(test.url()).api_key(test.api_key());
        let client = client.retry(RetryPolicy::never()).build().unwrap();
        client.records::<SalesOrder>().list().limit(1).await.map(drop)
    };
    list().await.unwrap();
    assert!(list().await.unwrap_err().is_rate_limited());
    test.advance(Duration::from_secs(60));
    list().await.unwrap();
    let statuses: Vec<_> = test.requests().iter().map(|request| request.status).collect();
    assert_eq!(statuses, [Some(200), Some(429), Some(200)]);
    test.rate_limit(2);
    list().await.unwrap();
    list().await.unwrap();
}

#[tokio::test]
async fn faults_befall_one_workspace_alone() {
    let (test, other) = (workspace().object::<SalesOrder>(), workspace().object::<SalesOrder>());
    let test = test.fault(Fault::status(404)).open().await.unwrap();
    let other = other.open().await.unwrap();
    assert!(test.records::<SalesOrder>().list().await.unwrap_err().is_not_found());
    other.records::<SalesOrder>().list().await.unwrap();
    test.clear_faults();
    test.records::<SalesOrder>().list().await.unwrap();
    test.fault(Fault::cut_after().nth(1).on("POST", "/records")).unwrap();
    let cut = test.records().create(&order(1)).await.unwrap_err();
    assert!(cut.may_have_written());
    let requests = test.wait_for_requests(3).await.unwrap();
    let shown: Vec<_> = requests.iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "GET /objects/c_sales_order/resources?page[limit]=500&page[offset]=0 404",
            "GET /objects/c_sales_order/resources?page[limit]=500&page[offset]=0 200",
            "POST /objects/c_sales_order/records without an answer",
        ]
    );
}

#[tokio::test]
async fn requests_are_told_as_they_came() {
    let test = workspace().seed([order(1)]).open().await.unwrap();
    assert!(test.requests().is_empty());
    let orders = test.records::<SalesOrder>();
    orders.upsert(&order(2)).await.unwrap();
    orders.list().filter(SalesOrder::ORDER_NUMBER.contains("-2 &")).await.unwrap();
    orders.get(RecordId::new("rec_x")).await.unwrap_err();
    let requests = test.requests();
    let seen: Vec<_> =
        requests.iter().map(|r| (&*r.method, &*r.pattern, r.status.unwrap())).collect();
    let object = "/objects/{object}";
    assert_eq!(
        seen,
        [
            ("POST", &*format!("{object}/records"), 201),
            ("GET", &*format!("{object}/resources"), 200),
            ("GET", &*format!("{object}/records/{{id}}"), 404),
        ]
    );
    assert!(requests[0].body.contains(r#""order_number":"SO-2""#), "{}", requests[0].body);
    let contains = requests[1].parameter("filter[order_number][Contains]");
    assert_eq!(contains.as_deref(), Some("-2 &"));
    assert_eq!(requests.count("/objects/c_sales_order/records"), 1);
    assert_eq!(requests.to("GET /records/{id}").next().unwrap().path, requests[2].path);
    assert!(!format!("{requests:?}").contains(test.api_key()));
    assert!(!format!("{test:?}").contains(test.api_key()));
    test.forget_requests();
    assert!(test.requests().is_empty());
    orders.list().await.unwrap();
    assert_eq!(test.wait_for_requests(1).await.unwrap().count("GET /resources"), 1);
}

#[tokio::test]
async fn a_program_finds_it_by_its_environment() {
    let test = workspace().seed([order(1)]).open().await.unwrap();
    let value = |name: &str| test.env().into_iter().find(|(key, _)| *key == name).unwrap().1;
    let client = Client::builder(value("CLARIFY_WORKSPACE"))
        .api_key(value("CLARIFY_API_KEY"))
        .base_url(value("CLARIFY_BASE_URL"));
    let orders = client.build().unwrap().records::<SalesOrder>();
    assert_eq!(orders.list().await.unwrap().records.len(), 1);
}

#[tokio::test]
async fn it_can_be_opened_in_another_task() {
    let test = tokio::spawn(workspace().seed([order(1)]).open()).await.unwrap().unwrap();
    assert_eq!(numbers(&test).await, ["SO-1"]);
}
