//! Lists with indexes against lists without, and what a list is found through.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Map, json};

use super::*;
use crate::store::{
    Hop, LinkField, ObjectKey, Order, Place, Record, Sort, Store, Test, Transaction, plan,
};

const OBJECT: ObjectKey = ObjectKey(1);

/// Every column whose values are indexed.
fn columns() -> Vec<Column> {
    vec![
        Column::Text("text".into()),
        Column::Number("number".into()),
        Column::Date("date".into()),
        Column::DateTime("moment".into()),
        Column::Checkbox("flag".into()),
        Column::Text("Pick".into()),
        Column::Text("pick".into()),
        Column::CreatedAt(1000),
    ]
}

fn store() -> Store {
    let store =
        Store::open(&Place::Memory, Default::default(), &std::sync::Arc::default()).unwrap();
    write(&store, |transaction| transaction.keep_totals(OBJECT, &["pick"]));
    store
}

fn write<T: Send + 'static>(
    store: &Store,
    work: impl FnOnce(&mut Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
) -> T {
    store.write_blocking(work).unwrap()
}

fn make_indexes(store: &Store) {
    for column in columns() {
        write(store, move |transaction| transaction.make_index(OBJECT, &column));
    }
}

fn record(key: RecordKey, attributes: String) -> Record {
    let created_at = 1_700_000_000_000 + key.0 % 7 * 400;
    Record {
        key,
        id: format!("{:03}", key.0 % 97 * 1000 + key.0),
        created_at,
        updated_at: 0,
        attributes,
        merged_ids: None,
    }
}

fn insert(transaction: &mut Transaction<'_>, attributes: &[String]) -> Result<(), StoreError> {
    attributes.iter().try_for_each(|attributes| {
        let key = transaction.next_key(OBJECT)?;
        transaction.insert(OBJECT, &record(key, attributes.clone()))
    })
}

fn page(store: &Store, window: Window) -> Page<Record> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(store.read(move |view| view.page(&window))).unwrap().0
}

fn window(conditions: Vec<Condition>, sort: Option<Sort>) -> Window {
    Window { object: OBJECT, conditions, sort, limit: 10, offset: 0 }
}

fn is(field: &str, value: &str) -> Condition {
    let test = Test::Text(Order::Equal, value.to_owned());
    Condition { path: Vec::new(), column: Column::Text(field.to_owned()), test, negated: false }
}

fn texts() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["", "a", "A", "ab", "Äb", "b\"\\é", "äB", "c"])
        .prop_map(str::to_owned)
}

fn attributes() -> impl Strategy<Value = String> {
    let texts = (prop::option::of(texts()), prop::option::of(texts()), prop::option::of(texts()));
    let number = prop::option::of(-3..4_i32);
    let day = prop::option::of(1..4_u8);
    (texts, number, day, prop::option::of(any::<bool>())).prop_map(
        |((text, upper, pick), number, day, flag)| {
            let members = [
                ("text", json!(text)),
                ("Pick", json!(upper)),
                ("pick", json!(pick)),
                ("number", json!(number)),
                ("date", json!(day.map(|day| format!("2024-01-0{day}")))),
                ("moment", json!(day.map(|day| format!("2024-01-01T0{day}:00:00Z")))),
                ("flag", json!(flag)),
                ("tags", json!(text.map(|text| json!({ "items": [text, "x"] })))),
            ];
            let members = members.into_iter().filter(|(_, value)| !value.is_null());
            let members: Map<_, _> =
                members.map(|(name, value)| (name.to_owned(), value)).collect();
            serde_json::Value::Object(members).to_string()
        },
    )
}

fn order() -> impl Strategy<Value = Order> {
    prop::sample::select(vec![
        Order::Equal,
        Order::Less,
        Order::LessOrEqual,
        Order::Greater,
        Order::GreaterOrEqual,
    ])
}

fn condition() -> impl Strategy<Value = Condition> {
    let name = prop::sample::select(vec!["text", "Pick", "pick"]);
    let text = || texts().prop_map(|text| clarify_attributes::item_key(&text));
    let of_text = prop_oneof![
        Just(Test::Present),
        prop::collection::vec(texts(), 1..3).prop_map(Test::OneOf),
        (order(), texts()).prop_map(|(order, text)| Test::Text(order, text)),
        text().prop_map(Test::Contains),
        text().prop_map(Test::StartsWith),
        text().prop_map(Test::EndsWith),
    ];
    let of_text = (name, of_text).prop_map(|(name, test)| (Column::Text(name.to_owned()), test));
    let number = (order(), -3..4_i64).prop_map(|(order, n)| Test::Number(order, n * 10_000));
    let date = (order(), 1..4_u8);
    let date = date.prop_map(|(order, day)| Test::Text(order, format!("2024-01-0{day}")));
    let flag = any::<bool>().prop_map(|flag| Test::Number(Order::Equal, flag.into()));
    let time = (order(), 0..4_i64);
    let time = time.prop_map(|(order, n)| Test::Number(order, (1_700_000_000 + n) * 1_000_000));
    let id = texts().prop_map(|_| Test::Text(Order::Equal, "1099511628778".to_owned()));
    let tag = text().prop_map(Test::HasItem);
    let tested = prop_oneof![
        4 => of_text,
        2 => number.prop_map(|test| (Column::Number("number".into()), test)),
        1 => date.prop_map(|test| (Column::Date("date".into()), test)),
        1 => flag.prop_map(|test| (Column::Checkbox("flag".into()), test)),
        1 => time.prop_map(|test| (Column::CreatedAt(1000), test)),
        1 => id.prop_map(|test| (Column::Id, test)),
        1 => tag.prop_map(|test| (Column::Items("tags".into()), test)),
    ];
    (tested, prop::bool::weighted(0.2)).prop_map(|((column, test), negated)| Condition {
        path: Vec::new(),
        column,
        test,
        negated,
    })
}

fn windows() -> impl Strategy<Value = Window> {
    let columns = [columns(), vec![Column::Id, Column::Items("tags".into())]].concat();
    let sort = (prop::sample::select(columns), any::<bool>());
    let sort = sort.prop_map(|(column, descending)| Sort { column, descending });
    let conditions = prop::collection::vec(condition(), 0..4);
    (conditions, prop::option::of(sort), 1..30_u64, prop_oneof![Just(0), 0..80_u64]).prop_map(
        |(conditions, sort, limit, offset)| Window {
            object: OBJECT,
            conditions,
            sort,
            limit,
            offset,
        },
    )
}

#[derive(Clone, Debug)]
enum Step {
    Insert(Vec<String>),
    Update(usize, String),
    Delete(usize),
    Fail(String),
    Look(Window),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => prop::collection::vec(attributes(), 1..40).prop_map(Step::Insert),
        2 => (any::<usize>(), attributes()).prop_map(|(place, to)| Step::Update(place, to)),
        1 => any::<usize>().prop_map(Step::Delete),
        1 => attributes().prop_map(Step::Fail),
        8 => windows().prop_map(Step::Look),
    ]
}

/// Every record that the window would show on a page without end, one after the other.
fn all(store: &Store, window: &Window) -> Vec<Record> {
    page(store, Window { limit: 1 << 40, offset: 0, ..window.clone() }).records
}

fn apply(store: &Store, step: Step) {
    let everything = all(store, &window(vec![], None));
    let at = |place: usize| everything.get(place % everything.len().max(1)).cloned();
    match step {
        Step::Insert(attributes) => write(store, move |t| insert(t, &attributes)),
        Step::Update(place, attributes) => {
            let Some(record) = at(place) else { return };
            write(store, move |t| t.update(&Record { attributes, ..record }));
        }
        Step::Delete(place) => {
            let Some(record) = at(place) else { return };
            write(store, move |t| t.delete(record.key));
        }
        Step::Fail(attributes) => {
            let fail = move |t: &mut Transaction<'_>| {
                insert(t, &[attributes])?;
                everything.iter().take(3).try_for_each(|record| t.delete(record.key))?;
                Err::<(), _>(StoreError::Stopped)
            };
            store.write_blocking(fail).unwrap_err();
        }
        Step::Look(_) => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_index_changes_nothing_but_the_time_it_takes(
        records in prop::collection::vec(attributes(), 0..120),
        steps in prop::collection::vec(step(), 1..40),
    ) {
        let (plain, indexed) = (store(), store());
        apply(&plain, Step::Insert(records.clone()));
        apply(&indexed, Step::Insert(records));
        make_indexes(&indexed);
        for step in steps {
            apply(&plain, step.clone());
            apply(&indexed, step.clone());
            let Step::Look(window) = step else { continue };
            let all = all(&plain, &window);
            let (offset, limit) = (window.offset as usize, window.limit as usize);
            let expected: Vec<_> = all.iter().skip(offset).take(limit).cloned().collect();
            for store in [&plain, &indexed] {
                let found = page(store, window.clone());
                prop_assert_eq!(&found.records, &expected, "{:?}", window);
                prop_assert_eq!(found.total, all.len() as u64, "{:?}", window);
            }
        }
    }
}

/// What SQLite says of how it finds a page.
fn plan_of(store: &Store, window: Window) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let explain = store.read_on_writer(move |reader| {
        let totals = Totals::default();
        let share = Share::of(&Arc::default());
        let search = Search::new(reader, &window, &totals, &share)?;
        let total = search.total()?;
        let index = total.map(|total| search.way(total)).transpose()?.flatten();
        plan::explain(reader, &search.keys(index))
    });
    runtime.block_on(explain).unwrap()
}

/// 4,000 records: ten of each text, a quarter of each pick, and a number of its own each.
fn many() -> Store {
    let store = store();
    let attributes = |n: i64| {
        let texts = format!(r#""text":"t{}","pick":"p{}","Pick":"P{n}""#, n % 400, n % 4);
        let date = format!(
            r#""date":"20{:02}-01-01","moment":"20{:02}-01-01T00:00:00Z""#,
            n % 100,
            n % 100
        );
        format!(r#"{{{texts},{date},"number":{n},"flag":{},"link":"l{n}"}}"#, n % 200 == 0)
    };
    let attributes: Vec<_> = (0..4000).map(attributes).collect();
    write(&store, move |transaction| insert(transaction, &attributes));
    make_indexes(&store);
    store
}

fn of(column: Column, test: Test) -> Condition {
    Condition { path: Vec::new(), column, test, negated: false }
}

fn not(condition: Condition) -> Condition {
    Condition { negated: true, ..condition }
}

fn number(order: Order, n: i64) -> Condition {
    of(Column::Number("number".into()), Test::Number(order, n * 10_000))
}

fn text(test: Test) -> Condition {
    of(Column::Text("text".into()), test)
}

#[test]
fn an_index_serves_every_operator_that_it_can() {
    let store = many();
    let day = Test::Text(Order::Equal, "2007-01-01".into());
    let moment = Test::Number(Order::Less, 978_307_200_000_000);
    let options = Test::OneOf(vec!["t1".into(), "t2".into()]);
    let second = Test::Number(Order::Equal, 1_700_000_000_000_000);
    let id = Test::Text(Order::Equal, "1099511628778".into());
    let contains = || text(Test::Contains("t399".into()));
    let equal = "(<expr>=? AND rowid>? AND rowid<?)";
    let sorted = "; USE TEMP B-TREE FOR ORDER BY";
    for (conditions, index, expected) in [
        (vec![is("text", "t7")], "text_text", equal.to_owned()),
        (vec![is("pick", "p1")], "text_pick", equal.to_owned()),
        (vec![is("Pick", "P1")], "text_^Pick", equal.to_owned()),
        (vec![not(text(Test::Present))], "text_text", equal.to_owned()),
        (vec![of(Column::Date("date".into()), day)], "text_date", equal.to_owned()),
        (vec![number(Order::Equal, 5)], "number_number", equal.to_owned()),
        (
            vec![of(Column::Checkbox("flag".into()), Test::Number(Order::Equal, 1))],
            "flag_flag",
            equal.to_owned(),
        ),
        (vec![of(Column::CreatedAt(1000), second)], "created_at_1000", equal.to_owned()),
        (vec![text(options)], "text_text", format!("{equal}{sorted}")),
        (
            vec![number(Order::Greater, 10), number(Order::LessOrEqual, 50)],
            "number_number",
            format!("(<expr>>? AND <expr><?){sorted}"),
        ),
        (
            vec![of(Column::DateTime("moment".into()), moment)],
            "moment_moment",
            format!("(<expr><?){sorted}"),
        ),
    ] {
        let expected = format!("SEARCH records USING COVERING INDEX values_1_{index} {expected}");
        let window = window(conditions, None);
        assert_eq!(plan_of(&store, window.clone()), expected, "{window:?}");
    }
    let scan = format!("SCAN records USING COVERING INDEX values_1_text_text{sorted}");
    assert_eq!(plan_of(&store, window(vec![contains()], None)), scan);
    let three = vec![is("pick", "p3"), contains(), is("text", "t7")];
    let search = format!("SEARCH records USING INDEX values_1_text_text {equal}");
    assert_eq!(plan_of(&store, window(three, None)), search);
    let search = "SEARCH records USING COVERING INDEX records_by_id (object=? AND id=? AND rowid>? AND rowid<?)";
    assert_eq!(plan_of(&store, window(vec![of(Column::Id, id)], None)), search);
}

#[test]
fn an_index_serves_both_directions_of_a_sort() {
    let store = many();
    let by = |column: &Column, descending| Some(Sort { column: column.clone(), descending });
    for column in columns() {
        let scan = |descending| plan_of(&store, window(vec![], by(&column, descending)));
        let (up, down) = (scan(false), scan(true));
        assert!(up.starts_with("SCAN records USING COVERING INDEX values_1_"), "{up}");
        assert!(!up.contains("TEMP"), "{up}");
        assert_eq!(down, format!("{up}; USE TEMP B-TREE FOR LAST TERM OF ORDER BY"));
    }
    let ids = "SEARCH records USING COVERING INDEX records_by_id (object=?)";
    assert_eq!(plan_of(&store, window(vec![], by(&Column::Id, false))), ids);
}

#[test]
fn what_most_records_meet_is_found_in_the_order_of_creation() {
    let store = many();
    let in_order = "SEARCH records USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)";
    for condition in [number(Order::Greater, 10), text(Test::StartsWith("t".into()))] {
        assert_eq!(plan_of(&store, window(vec![condition], None)), in_order);
    }
    let by_text = Some(Sort { column: Column::Text("text".into()), descending: false });
    let walk = "SCAN records USING INDEX values_1_text_text";
    assert_eq!(plan_of(&store, window(vec![is("pick", "p1")], by_text.clone())), walk);
    let few = "SEARCH records USING INDEX values_1_number_number (<expr>=? AND rowid>? AND rowid<?); \
               USE TEMP B-TREE FOR ORDER BY";
    assert_eq!(plan_of(&store, window(vec![number(Order::Equal, 1)], by_text)), few);
    let few_of_most = vec![number(Order::Greater, 10), is("other", "x")];
    let by_number = Some(Sort { column: Column::Number("number".into()), descending: false });
    let all = window(few_of_most, by_number);
    assert_eq!(plan_of(&store, all), format!("{in_order}; USE TEMP B-TREE FOR ORDER BY"));
}

/// The column that a list lacks an index of.
fn lacked(store: &Store, window: Window) -> Option<Column> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let read = store.read(move |view| view.page(&window).map(|_| view.lacked()));
    runtime.block_on(read).unwrap().0.map(|(_, column)| column)
}

#[test]
fn a_list_that_lacks_an_index_has_one_the_next_time() {
    let store = store();
    let lacks = |window| lacked(&store, window);
    let by_text =
        || window(vec![], Some(Sort { column: Column::Text("text".into()), descending: true }));
    let attributes = |n: u64| format!(r#"{{"text":"t{n}","number":{n}}}"#);
    let few: Vec<_> = (1..WORTHWHILE).map(attributes).collect();
    write(&store, move |transaction| insert(transaction, &few));
    assert_eq!(lacks(by_text()), None);
    write(&store, move |transaction| insert(transaction, &[attributes(0)]));
    assert_eq!(lacks(by_text()), Some(Column::Text("text".into())));
    assert_eq!(lacks(by_text()), None);
    // One at a time, and first the one that narrows the list down.
    let both = || window(vec![text(Test::Contains("9".into())), number(Order::Less, 5)], None);
    assert_eq!(lacks(both()), Some(Column::Number("number".into())));
    assert_eq!(lacks(both()), None);
    assert!(plan_of(&store, both()).contains("INDEX values_1_number_number"));
    let unique = of(Column::Text("mails".into()), Test::HasUniqueKey("a".into()));
    assert_eq!(lacks(window(vec![is("Pick", "a"), unique], None)), None);

    write(&store, |transaction| transaction.forget_object(OBJECT));
    assert!(!plan_of(&store, both()).contains("values"));
    for n in 0..20 {
        let column = Column::Text(format!("field_{n}"));
        let made = lacked(&store, window(vec![of(column, Test::Present)], None)).is_some();
        assert_eq!(made, n < 8, "{n}");
    }
}

#[test]
fn a_total_that_was_counted_is_kept_until_the_next_write() {
    let store = store();
    let list = || window(vec![number(Order::Less, 5)], None);
    let look = || page(&store, list()).total;
    write(&store, |transaction| insert(transaction, &[r#"{"number":1}"#.to_owned()]));
    assert_eq!(look(), 1);
    let mark = |commits| store.totals.put(OBJECT, &list().conditions, commits, 77);
    mark(1);
    assert_eq!(look(), 77);
    // Another object's writes change nothing.
    let other = ObjectKey(2);
    write(&store, move |transaction| {
        let key = transaction.next_key(other)?;
        transaction.insert(other, &record(key, "{}".to_owned()))
    });
    assert_eq!(look(), 77);
    apply(&store, Step::Update(0, r#"{"number":2}"#.to_owned()));
    assert_eq!(look(), 1);
}

#[test]
fn a_total_by_a_link_is_counted_anew_when_the_linked_object_changes() {
    let store = store();
    let (target, links) = (ObjectKey(2), LinkField { object: OBJECT, field: "to".into() });
    let write_target = |number: u64| {
        let attributes = format!(r#"{{"number":{number}}}"#);
        write(&store, move |transaction| {
            let key = transaction.next_key(target)?;
            transaction.insert(target, &Record { id: "t".into(), ..record(key, attributes) })
        });
    };
    let path = vec![Hop { links: links.clone(), target }];
    let condition = Condition { path, ..number(Order::Less, 5) };
    let total = || page(&store, window(vec![condition.clone()], None)).total;
    write(&store, move |transaction| {
        let key = transaction.next_key(OBJECT)?;
        transaction.insert(OBJECT, &record(key, "{}".to_owned()))?;
        transaction.link(&links, "t", key)
    });
    assert_eq!(total(), 0);
    write_target(1);
    assert_eq!(total(), 1);
}

/// The totals of the options of `field`, and of having none.
fn picks(store: &Store, field: &str) -> Vec<u64> {
    let empty = not(of(Column::Text(field.to_owned()), Test::Present));
    let conditions = [is(field, "a"), is(field, "b"), not(is(field, "a")), empty];
    conditions.map(|condition| page(store, window(vec![condition], None)).total).to_vec()
}

#[test]
fn a_field_that_becomes_a_select_is_counted_once() {
    let store = store();
    let records = [r#"{"Pick":"a"}"#, r#"{"Pick":"a","pick":"b"}"#, r#"{"Pick":"\u0062"}"#, "{}"];
    write(&store, move |transaction| {
        insert(transaction, &records.map(str::to_owned))?;
        transaction.keep_totals(OBJECT, &["pick", "Pick"])?;
        insert(transaction, &[r#"{"Pick":"b"}"#.to_owned()])
    });
    assert_eq!(picks(&store, "Pick"), [2, 2, 3, 1]);
    assert_eq!(picks(&store, "pick"), [0, 1, 5, 4]);
    let kept = |store: &Store| -> i64 {
        let sql = "SELECT coalesce(sum(records), 0) FROM select_totals WHERE field = 'Pick'";
        let read = store
            .read_on_writer(|reader| Ok(reader.query_row(sql, [], |row| row.get::<_, i64>(0))?));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(read).unwrap()
    };
    assert_eq!(kept(&store), 4);

    // Three writes of one commit: what the first has changed is not added to what the last counts.
    let (open, gate) = std::sync::mpsc::channel::<()>();
    store.writer.read(move |_| gate.recv().unwrap()).unwrap();
    let send = |work: fn(&mut Transaction<'_>) -> Result<(), StoreError>| {
        store.writer.write(crate::store::Undo::Alone, work, |done| done.unwrap()).unwrap();
    };
    send(|transaction| insert(transaction, &[r#"{"Pick":"a"}"#.to_owned()]));
    send(|transaction| transaction.keep_totals(OBJECT, &["pick"]));
    send(|transaction| transaction.keep_totals(OBJECT, &["pick", "Pick"]));
    open.send(()).unwrap();
    assert_eq!(picks(&store, "Pick"), [3, 2, 3, 1]);
    assert_eq!(kept(&store), 5);
    write(&store, |transaction| transaction.keep_totals(OBJECT, &["pick"]));
    assert_eq!(kept(&store), 0);
    assert_eq!(picks(&store, "Pick"), [3, 2, 3, 1]);
}
