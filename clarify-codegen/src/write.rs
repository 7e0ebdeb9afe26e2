//! Source, laid out as rustfmt does.

use std::collections::BTreeSet;

use clarify_schema::option_text;

use crate::names::ident;
use crate::{Generated, Member, Paths, Plan, Select, Stranger, Struct, Variant, folder};

/// What rustfmt allows a line.
pub const WIDTH: usize = 100;
/// What it allows the arguments of an attribute.
const ARGUMENTS_WIDTH: usize = 70;

const INDENT: &str = "    ";

/// The whole of a file, or, where paths are [`Whole`](Paths::Whole), the items of it alone.
#[must_use]
pub fn module(plan: &Plan, paths: &Paths) -> String {
    let items: Vec<_> = items(plan, paths);
    let items = items.join("\n");
    match paths {
        Paths::Whole(_) => items,
        Paths::Imported | Paths::Beside(_) => {
            let uses = imports(&uses(plan).into_iter().filter_map(path).collect());
            let parts = [HEAD, &*uses, &*items];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
        }
    }
}

/// What stands at the head of a file.
pub const HEAD: &str = "\
//! The objects of the workspace, from its schema by `clarify schema generate`. Done again, it adds what
//! is new and keeps what was changed here.
";

fn items(plan: &Plan, paths: &Paths) -> Vec<String> {
    let objects = plan.objects.iter().map(|generated| object(generated, paths));
    objects.chain(plan.strangers.iter().map(|it| stranger(it, paths))).collect()
}

/// A struct, and after it its enums.
#[must_use]
pub fn object(generated: &Generated, paths: &Paths) -> String {
    let selects = generated.selects.iter().map(|it| select(it, paths));
    let items: Vec<_> =
        std::iter::once(structure(&generated.structure, paths)).chain(selects).collect();
    items.join("\n")
}

/// The names of the library's that the source of a plan uses.
#[must_use]
pub fn uses(plan: &Plan) -> BTreeSet<&'static str> {
    let mut uses: BTreeSet<_> = plan.objects.iter().flat_map(object_uses).collect();
    if !plan.strangers.is_empty() {
        uses.insert("LinkTarget");
    }
    uses
}

/// The names of the library's that the source of one object uses.
#[must_use]
pub fn object_uses(generated: &Generated) -> BTreeSet<&'static str> {
    let members = generated.structure.members.iter().flat_map(|member| member.ty.uses());
    let is_imported = |name: &&str| folder(name).is_some();
    let select = (!generated.selects.is_empty()).then_some("ClarifySelect");
    members.chain(["ClarifyObject"]).chain(select).filter(is_imported).collect()
}

/// Where in the library the thing of this name is, with its name; nothing, if it is not the library's.
#[must_use]
pub fn path(name: &str) -> Option<String> {
    folder(name).map(|folder| format!("{folder}{name}"))
}

/// The `use` lines for these paths within the library, as rustfmt sorts them.
#[must_use]
pub fn imports(paths: &BTreeSet<String>) -> String {
    let mut paths: Vec<_> = paths.iter().map(String::as_str).collect();
    paths.sort_by_key(|path| order(path));
    // A single name stands among the paths, and a list behind them.
    let is_single = paths.iter().filter(|path| !path.contains("::")).count() == 1;
    let (lines, here): (Vec<&str>, Vec<&str>) =
        paths.iter().partition(|path| is_single || path.contains("::"));
    let line = |path: &&str| format!("use clarify_core::{path};\n");
    let list = if here.is_empty() { String::new() } else { list(&here) };
    lines.iter().map(line).collect::<String>() + &list
}

/// By what rustfmt sorts: each name for itself, and `_` before letters.
fn order(path: &str) -> Vec<String> {
    path.split("::").map(|name| name.replace('_', "\0")).collect()
}

fn list(names: &[&str]) -> String {
    let line = format!("use clarify_core::{{{}}};\n", names.join(", "));
    // Of a list of names rustfmt leaves the last two columns free.
    if line.trim_end().len() <= WIDTH - 2 {
        return line;
    }
    let mut lines = vec![INDENT.to_owned()];
    for name in names {
        let full = lines.last().is_some_and(|line| line.len() + name.len() + 2 > WIDTH);
        if full {
            lines.push(INDENT.to_owned());
        }
        if let Some(line) = lines.last_mut() {
            let gap = if line.trim().is_empty() { "" } else { " " };
            line.push_str(&format!("{gap}{name},"));
        }
    }
    format!("use clarify_core::{{\n{}\n}};\n", lines.join("\n"))
}

fn structure(it: &Struct, paths: &Paths) -> String {
    let arguments: Vec<_> = it.arguments.iter().cloned().chain(paths.argument()).collect();
    let members: String = it.members.iter().map(|member| self::member(member, paths)).collect();
    format!(
        "{}{}{}pub struct {} {{{}}}\n",
        docs(&it.docs, ""),
        derive("ClarifyObject", paths),
        attributes(&arguments, ""),
        it.name,
        block(&members),
    )
}

/// An enum.
#[must_use]
pub fn select(it: &Select, paths: &Paths) -> String {
    let arguments: Vec<_> = paths.argument().into_iter().collect();
    let variants: String = it.variants.iter().map(variant).collect();
    let bears_name =
        it.variants.iter().any(|v| v.ident.starts_with(&it.name) || v.ident.ends_with(&it.name));
    let allow = if bears_name { "#[allow(clippy::enum_variant_names)]\n" } else { "" };
    format!(
        "{}{}{}{allow}pub enum {} {{{}}}\n",
        docs(&it.docs, ""),
        derive("ClarifySelect", paths),
        attributes(&arguments, ""),
        it.name,
        block(&format!("{variants}{}", other(&it.other, paths))),
    )
}

fn other(name: &str, paths: &Paths) -> String {
    let docs = docs(&["An option that was not known when this was written.".to_owned()], INDENT);
    format!("{docs}{INDENT}#[clarify(other)]\n{INDENT}{name}({}),\n", paths.of("String"))
}

/// An empty enum that names an object, and says so.
#[must_use]
pub fn stranger(it: &Stranger, paths: &Paths) -> String {
    let Stranger { name, object } = it;
    let docs = docs(&[stranger_doc(object)], "");
    let traits = ["Debug", "Clone", "Copy", "PartialEq"].map(|name| paths.of(name)).join(", ");
    let (link_target, text) = (paths.of("LinkTarget"), str_type(paths));
    format!(
        "{docs}#[derive({traits})]\npub enum {name} {{}}\n\n\
         impl {link_target} for {name} {{\n{INDENT}const TARGET: &'static {text} = {object:?};\n}}\n"
    )
}

/// The doc comment of an enum that stands for this object.
#[must_use]
pub fn stranger_doc(object: &str) -> String {
    format!("Records of `{object}`, which has no struct here.")
}

const fn str_type(paths: &Paths) -> &'static str {
    if matches!(paths, Paths::Whole(_)) { "::core::primitive::str" } else { "str" }
}

fn derive(own: &str, paths: &Paths) -> String {
    let traits = ["Debug", "Clone", "PartialEq", own].map(|name| paths.of(name)).join(", ");
    format!("#[derive({traits})]\n")
}

/// A field, with what stands above it.
#[must_use]
pub fn member(it: &Member, paths: &Paths) -> String {
    let (name, ty) = (ident(&it.ident), it.ty.write(paths));
    let head = format!("{}{}", docs(&it.docs, INDENT), attributes(&it.arguments, INDENT));
    let line = format!("{INDENT}pub {name}: {ty},\n");
    if line.len() <= WIDTH + 1 {
        return head + &line;
    }
    format!("{head}{INDENT}pub {name}:\n{INDENT}{INDENT}{ty},\n")
}

/// A variant, with what stands above it.
#[must_use]
pub fn variant(it: &Variant) -> String {
    let is_told = option_text(&it.ident) == it.option;
    let rename = (!is_told).then(|| format!("rename = {:?}", it.option));
    let attributes = attributes(&rename.into_iter().collect::<Vec<_>>(), INDENT);
    format!("{}{attributes}{INDENT}{},\n", docs(&it.docs, INDENT), it.ident)
}

/// What stands between braces: nothing, or lines of their own.
#[must_use]
pub fn block(lines: &str) -> String {
    if lines.is_empty() { String::new() } else { format!("\n{lines}") }
}

/// A doc comment of these lines.
#[must_use]
pub fn docs(lines: &[String], indent: &str) -> String {
    let line = |line: &String| format!("{indent}/// {line}").trim_end().to_owned() + "\n";
    lines.iter().map(line).collect()
}

/// An attribute with these arguments; nothing, if there are none.
#[must_use]
pub fn attributes(arguments: &[String], indent: &str) -> String {
    let line = arguments.join(", ");
    let whole = format!("{indent}#[clarify({line})]");
    let fits = match arguments {
        [] => return String::new(),
        [_] => width(&whole) <= WIDTH,
        _ => width(&line) <= ARGUMENTS_WIDTH,
    };
    if fits {
        return whole + "\n";
    }
    let inner = format!("\n{indent}{INDENT}");
    format!("{indent}#[clarify({inner}{}\n{indent})]\n", arguments.join(&format!(",{inner}")))
}

/// How wide a text is shown; the letters of Asia are as wide as two others.
fn width(text: &str) -> usize {
    text.chars().map(|c| if ('\u{1100}'..'\u{fb00}').contains(&c) { 2 } else { 1 }).sum()
}
