//! What counts as a difference, and what is said of it.

use super::*;

fn texts(texts: &[&'static str]) -> Vec<Text> {
    texts.iter().map(|text| (*text).into()).collect()
}

fn select(options: &[&'static str]) -> Field {
    Field { options: texts(options).into(), ..field(Kind::Select) }
}

const fn field(kind: Kind) -> Field {
    Field::new("f", kind)
}

/// The differences of one field, each as its effect and its text behind `c_a.f: `.
fn found(ours: Field, theirs: Field) -> Vec<String> {
    let object = |field| Object::named("c_a", vec![field]);
    let found = differences(&object(ours), &object(theirs));
    found.iter().map(|d| format!("{}: {}", d.effect, d.change)).collect()
}

#[test]
fn what_fits_is_no_difference() {
    for kind in Kind::ALL {
        assert!(found(field(kind), field(kind)).is_empty(), "{kind:?}");
        assert!(found(field(Kind::Other), field(kind)).is_empty(), "{kind:?}");
    }
    assert!(found(field(Kind::LongText), field(Kind::Text)).is_empty());
    assert!(found(field(Kind::Currency), field(Kind::Number)).is_empty());
    assert!(
        found(field(Kind::Text).read_only(), field(Kind::Text).read_only().required()).is_empty()
    );
    let any = found(select(&["A"]).open(), select(&[]));
    assert!(any.is_empty(), "who knows what to do with others can take any");
}

#[test]
fn each_difference_has_its_effect_and_its_words() {
    let text = || field(Kind::Text);
    let link = |target| field(Kind::ToOne).target(target);
    let cases = [
        (text(), field(Kind::Number), "breaks reading: it is of the kind `number`, not `text`"),
        (text(), field(Kind::Select), "can't tell: it is of the kind `select`, not `text`"),
        (text(), field(Kind::Other), "can't tell: it is of the kind `other`, not `text`"),
        (text(), text().required(), "breaks writing: every record must have a value"),
        (text().required(), text(), "breaks reading: a record may have no value"),
        (
            text().unique(),
            text(),
            "breaks writing: it is not unique: the workspace matches on nothing",
        ),
        (text(), text().unique(), "can't tell: it is unique in the workspace"),
        (text(), text().read_only(), "breaks writing: only the service writes it"),
        (text().read_only(), text(), "harmless: it can be written"),
        (link("deal"), link("task"), "breaks writing: it links to `task`, not to `deal`"),
        (
            select(&["To do", "Gone"]),
            select(&["To Do"]),
            "breaks writing: there are no options `To do` (it is spelled `To Do`), `Gone`",
        ),
        (
            Field::new("a", Kind::Texts),
            Field::new("a", Kind::Texts).required(),
            "can't tell: every record must have a value",
        ),
        (select(&["A"]), select(&["A", "B"]), "breaks reading: there is also the option `B`"),
        (select(&["A"]).open(), select(&["A", "B"]), "harmless: there is also the option `B`"),
        (select(&["A"]), select(&[]), "can't tell: it takes any text"),
    ];
    for (ours, theirs, expected) in cases {
        let found = found(ours, theirs);
        assert_eq!(found.first().map(|f| &**f), Some(expected), "{found:?}");
    }
}

#[test]
fn fields_that_one_side_lacks_are_told() {
    let object = |fields: Vec<Field>| Object::named("c_a", fields);
    let text = |name: &'static str| Field::new(name, Kind::Text);
    let found = |ours: Field, theirs: Field| {
        let found = differences(&object(vec![ours]), &object(vec![theirs]));
        found.iter().map(|d| format!("{d} [{}]", d.effect)).collect::<Vec<_>>()
    };
    assert_eq!(
        found(text("jobTitle"), text("job_title")),
        [
            "c_a.jobTitle: there is no such field; did you mean `job_title`? [breaks writing]",
            "c_a.job_title: a field that is not known here [harmless]",
        ]
    );
    assert_eq!(
        found(text("a").required(), text("whole").required()),
        [
            "c_a.a: there is no such field [breaks reading]",
            "c_a.whole: a required field that is not known here [breaks writing]",
        ]
    );
    assert!(found(text("adress"), text("address"))[0].contains("`address`"));
    assert!(found(text("ttile"), text("title"))[0].contains("`title`"));
    assert!(!found(text("color"), text("title"))[0].contains("did you mean"));
}

#[test]
fn objects_that_one_side_lacks_are_told() {
    let object = |name: &'static str| Object::named(name, Vec::new());
    let found =
        workspace_differences(&[object("c_a"), object("c_b")], &[object("c_b"), object("c_c")]);
    let lines: Vec<_> = found.iter().map(|d| format!("{d} [{}]", d.effect)).collect();
    assert_eq!(
        lines,
        [
            "c_a: the workspace has no such object [breaks reading]",
            "c_c: an object that is not known here [harmless]",
        ]
    );
}

#[test]
fn what_people_see_makes_no_difference_to_a_program() {
    let mut ours =
        Object::named("c_a", vec![field(Kind::Text).hidden(), Field::new("g", Kind::Text)]);
    let found = |ours: &Object, theirs: &Object| {
        let found = all_differences(std::slice::from_ref(ours), std::slice::from_ref(theirs));
        assert!(found.iter().all(|difference| difference.effect == Effect::Harmless));
        found.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert!(found(&ours, &ours).is_empty());
    let mut theirs = ours.clone();
    theirs.description = Some("What was sold.".into());
    theirs.fields.to_mut().reverse();
    theirs.fields.to_mut()[1] = Field { title: Some("F".into()), ..field(Kind::LongText) };
    let expected = [
        "c_a: its description is another",
        "c_a: the order is another",
        "c_a.f: it is a `long_text`, not a `text`",
        "c_a.f: it is called `F`: here it has no title",
        "c_a.f: it is shown",
    ];
    assert_eq!(found(&ours, &theirs), expected);
    ours.fields = vec![select(&["A", "B"]).open()].into();
    theirs = Object { fields: vec![select(&["B", "A"]).open()].into(), ..ours.clone() };
    assert_eq!(found(&ours, &theirs), ["c_a.f: the order is another"]);
    theirs.fields = vec![select(&[])].into();
    assert_eq!(found(&ours, &theirs), ["c_a.f: it takes any text"]);
}

#[test]
fn what_one_side_does_not_have_is_said_to_be_nothing() {
    let link = Field::new("f", Kind::ToMany).target("c_b");
    let found = |ours: &Field, theirs: &Field| {
        let [ours, theirs] = [ours, theirs].map(|field| Object::named("c_a", vec![field.clone()]));
        let found = all_differences(&[ours], &[theirs]);
        found.iter().map(|difference| difference.change.to_string()).collect::<Vec<_>>()
    };
    let called = Field { title: Some("F".into()), ..link.clone() };
    assert_eq!(found(&called, &link), ["it has no title: here it is `F`"]);
    assert_eq!(found(&link, &called), ["it is called `F`: here it has no title"]);
    let two_sided = link.clone().inverse("as");
    assert_eq!(found(&two_sided, &link), ["it has no other side: here it is `as`"]);
    assert_eq!(found(&link, &two_sided), ["its other side is `as`: here it has no other side"]);
    let many = ["whether several records may link to the same one is otherwise"];
    assert_eq!(found(&two_sided, &two_sided.clone().many_to_many()), many);
}
