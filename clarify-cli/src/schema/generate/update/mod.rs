//! What a snapshot changes in a file that was generated before.

mod append;
mod attributes;
mod place;
mod replace;
mod select;
mod structure;
mod uses;

use std::collections::{BTreeSet, HashMap};

use clarify_codegen::{Generated, Names, Paths, Plan, Variant, folder, plan, write};
use clarify_schema::Object;

use super::edits::Edits;
use super::lines::Lines;
use super::names::{Selected, names, other_meanings, selected};
use super::note::{Note, What};
use super::source::{Source, StructSite};
use super::views::{full, is_view};
use append::append;
use uses::bring_in;

/// What is asked for.
pub(super) struct Request<'o> {
    pub(super) objects: &'o [Object],
    /// Whether these are all objects of the workspace.
    pub(super) is_whole: bool,
    /// Whether what is gone is taken away.
    pub(super) prune: bool,
}

/// The text with what is new, and what is to be told of it.
pub(super) fn update(
    source: &Source<'_>,
    request: &Request<'_>,
) -> syn::Result<(String, Vec<Note>)> {
    let structs = source.structs();
    let mut update = Update::new(source, &structs, request);
    update.objects();
    update.gone_options();
    update.gone_objects();
    let Update { edits, items, uses, notes, .. } = update;
    let text = edits.apply(source.text);
    let text = append(&Source::parse(&text)?, &items);
    let text = bring_in(source, &Source::parse(&text)?, &uses);
    Source::parse(&text)?;
    Ok((text, notes))
}

/// An update that is under way.
struct Update<'u> {
    source: &'u Source<'u>,
    structs: &'u [StructSite<'u>],
    request: &'u Request<'u>,
    /// The names in the file as it is.
    names: Names,
    selected: Vec<Selected>,
    paths: Paths,
    /// What changes within items.
    edits: Edits,
    /// Items that are new.
    items: Vec<String>,
    /// The variants that are new, by their enums.
    variants: HashMap<String, Vec<Variant>>,
    notes: Vec<Note>,
    /// The names of the library's that new lines use.
    uses: BTreeSet<&'static str>,
}

impl<'u> Update<'u> {
    fn new(
        source: &'u Source<'u>,
        structs: &'u [StructSite<'u>],
        request: &'u Request<'u>,
    ) -> Self {
        let names = names(source, structs);
        Self {
            source,
            structs,
            request,
            selected: selected(source, structs),
            paths: Paths::Beside(other_meanings(&names).cloned().collect()),
            names,
            edits: Edits::default(),
            items: Vec::new(),
            variants: HashMap::new(),
            notes: Vec::new(),
            uses: BTreeSet::new(),
        }
    }

    fn objects(&mut self) {
        let replaced = self.known_strangers();
        let plan = plan(self.request.objects, &self.names);
        for (generated, object) in plan.objects.iter().zip(self.request.objects) {
            match replaced.iter().find(|site| site.object == object.name) {
                Some(site) => self.replace(site, generated),
                None => self.object(generated, object),
            }
        }
        self.strangers(&plan);
    }

    /// An object: what is new of it is in one struct, whatever views of it there are.
    fn object(&mut self, generated: &Generated, object: &Object) {
        let structs = self.structs;
        let Some(full) = full(&object.name, structs) else {
            self.use_all(write::object_uses(generated));
            self.items.push(write::object(generated, &self.paths));
            return self.note(What::Added, &generated.structure.name);
        };
        let has_new = self.structure(full, generated, object);
        let own = structs.iter().filter(|it| it.object == object.name);
        for view in own.filter(|it| is_view(it, structs)) {
            self.known(view, generated, object, false);
            if has_new {
                self.note(What::View, &view.item.ident.to_string());
            }
        }
    }

    /// Enums for the objects that have no struct, where a line that is new links to them.
    fn strangers(&mut self, plan: &Plan) {
        let is_there = |object: &str| self.source.strangers().iter().any(|it| it.object == object);
        let new = plan.strangers.iter().filter(|it| !is_there(&it.object));
        let new: Vec<_> = new.filter(|it| self.is_named(&it.name)).collect();
        for stranger in new {
            self.use_all(["LinkTarget"]);
            self.items.push(write::stranger(stranger, &self.paths));
        }
    }

    fn gone_objects(&mut self) {
        if !self.request.is_whole {
            return;
        }
        for site in self.structs {
            if !self.request.objects.iter().any(|object| object.name == site.object) {
                self.note(What::GoneObject, &site.item.ident.to_string());
            }
        }
    }

    /// Whether a line that is new names it.
    fn is_named(&self, name: &str) -> bool {
        self.edits.name(name) || self.items.iter().any(|item| super::edits::has_word(item, name))
    }

    /// These are used by their bare names, unless those mean something else in the file.
    fn use_all(&mut self, names: impl IntoIterator<Item = &'static str>) {
        let bare = |name: &&str| folder(name).is_some() && !self.names.taken.contains(*name);
        self.uses.extend(names.into_iter().filter(bare));
    }

    fn note(&mut self, what: What, name: &str) {
        self.notes.push(Note { what, name: name.to_owned() });
    }

    const fn lines(&self) -> Lines<'u> {
        Lines(self.source.text)
    }
}
