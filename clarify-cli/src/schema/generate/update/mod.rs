//! What a snapshot changes in a file that was generated before.

mod place;
mod select;
mod structure;

use std::collections::BTreeSet;
use std::ops::Range;

use clarify_codegen::{Names, Paths, plan, write};
use clarify_schema::Object;
use syn::Item;

use super::edits::Edits;
use super::names::names;
use super::note::{Note, What};
use super::source::{Source, range};

/// What is asked for.
pub(super) struct Request<'o> {
    pub(super) objects: &'o [Object],
    /// Whether these are all objects of the workspace.
    pub(super) is_whole: bool,
    /// Whether what is gone is taken away.
    pub(super) prune: bool,
}

/// The text with what is new, and what is to be told of it.
pub(super) fn update(source: &Source<'_>, request: &Request<'_>) -> (String, Vec<Note>) {
    let mut update = Update {
        source,
        request,
        names: names(source),
        edits: Edits::default(),
        notes: Vec::new(),
        uses: BTreeSet::new(),
    };
    update.objects();
    update.gone_options();
    update.gone_objects();
    update.imports();
    (update.edits.apply(source.text), update.notes)
}

/// An update that is under way.
struct Update<'u> {
    source: &'u Source<'u>,
    request: &'u Request<'u>,
    /// The names in the file as it is.
    names: Names,
    edits: Edits,
    notes: Vec<Note>,
    /// The names of the library's that new lines use.
    uses: BTreeSet<&'static str>,
}

impl Update<'_> {
    fn objects(&mut self) {
        let strangers = self.known_strangers();
        let plan = plan(self.request.objects, &self.names);
        let structs = self.source.structs();
        for (generated, object) in plan.objects.iter().zip(self.request.objects) {
            match structs.iter().find(|site| site.object == object.name) {
                Some(site) => self.structure(site, generated, object),
                None => {
                    self.uses.extend(write::object_uses(generated));
                    self.append(&write::object(generated, &Paths::Imported));
                    self.note(What::Added, &generated.structure.name);
                }
            }
        }
        for stranger in plan.strangers.iter().filter(|it| !strangers.contains(&it.object)) {
            self.uses.insert("LinkTarget");
            self.append(&write::stranger(stranger, &Paths::Imported));
        }
    }

    /// The objects that have an enum in place of a struct. Where they get a struct, it has the enum's
    /// name, and the enum goes.
    fn known_strangers(&mut self) -> Vec<String> {
        let sites = self.source.strangers();
        for site in &sites {
            let is_wanted = self.request.objects.iter().any(|object| object.name == site.object);
            if !is_wanted || self.names.structs.contains_key(&site.object) {
                continue;
            }
            self.names.structs.insert(site.object.clone(), site.name.clone());
            self.names.strangers.remove(&site.object);
            let enums = self.source.file.items.iter().filter_map(|item| match item {
                Item::Enum(item) if item.ident == site.name.as_str() => Some(range(item)),
                _ => None,
            });
            for range in enums.chain([range(site.link)]).collect::<Vec<_>>() {
                let range = self.with_line(range);
                self.edits.remove(range);
            }
        }
        sites.into_iter().map(|site| site.object).collect()
    }

    /// A whole item with the end of its line, and the empty line behind it.
    fn with_line(&self, range: Range<usize>) -> Range<usize> {
        let rest = self.source.text.get(range.end..).unwrap_or_default();
        let empty = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        range.start..range.end + empty
    }

    /// Puts an item behind the last of its like: tests stay at the end.
    fn append(&mut self, item: &str) {
        let items = self.source.file.items.iter().rev();
        let last = items.filter(|item| !matches!(item, Item::Mod(_))).map(range).next();
        let end = last.map_or(self.source.text.len(), |range| range.end);
        self.edits.insert(end, format!("\n\n{}", item.trim_end()));
    }

    fn gone_objects(&mut self) {
        if !self.request.is_whole {
            return;
        }
        for site in self.source.structs() {
            if !self.request.objects.iter().any(|object| object.name == site.object) {
                self.note(What::GoneObject, &site.item.ident.to_string());
            }
        }
    }

    /// Brings in what new lines use, behind what is brought in.
    fn imports(&mut self) {
        let there = self.source.imports();
        let new = self.uses.iter().copied().filter(|name| !there.iter().any(|it| it == name));
        let lines = write::imports(&new.collect());
        if lines.is_empty() {
            return;
        }
        let items = &self.source.file.items;
        let last = items.iter().rev().find(|item| matches!(item, Item::Use(_)));
        match (last, items.first()) {
            (Some(last), _) => {
                self.edits.insert(range(last).end, format!("\n{}", lines.trim_end()));
            }
            (None, Some(first)) => self.edits.insert(range(first).start, format!("{lines}\n")),
            (None, None) => self.edits.insert(self.source.text.len(), format!("\n{lines}")),
        }
    }

    fn note(&mut self, what: What, name: &str) {
        self.notes.push(Note { what, name: name.to_owned() });
    }
}
