//! An enum that is there: its new options, and those that are gone.

use std::collections::{BTreeMap, HashSet};

use clarify_codegen::{Select, Variant, new_variants, write};
use clarify_schema::Text;

use super::super::names::one;
use super::super::note::What;
use super::super::source::{EnumSite, StructSite, range};
use super::Update;
use super::place::List;

impl Update<'_> {
    /// The enum of a select: what it lacks, or all of it, if a field needs it.
    pub(super) fn select(&mut self, structure: &StructSite<'_>, select: &Select) {
        let field = structure.fields.iter().find(|it| it.wire.as_ref() == Some(&select.field));
        let own = field.and_then(one);
        let enums = self.source.enums();
        let called = |name: &str| enums.iter().find(|it| it.item.ident == name);
        match own.and_then(|name| called(&name)).or_else(|| called(&select.name)) {
            Some(site) => self.new_options(site, select),
            // A line that people wrote names a type of their own.
            None if self.is_named(&select.name) => self.new_enum(structure, select),
            None => {}
        }
    }

    fn new_enum(&mut self, structure: &StructSite<'_>, select: &Select) {
        if self.variants.insert(select.name.clone(), select.variants.clone()).is_some() {
            return;
        }
        let text = write::select(select, &self.paths);
        self.edits.insert(range(structure.item).end, format!("\n\n{}", text.trim_end()));
        self.use_all(["ClarifySelect"]);
        self.note(What::Added, &select.name);
    }

    fn new_options(&mut self, site: &EnumSite<'_>, select: &Select) {
        let new = self.lacking(site, select);
        let place =
            |option: &str| site.variants.iter().position(|it| it.option.as_deref() == Some(option));
        let mut lines: BTreeMap<Option<usize>, String> = BTreeMap::new();
        let mut behind = None;
        for variant in &select.variants {
            behind = place(&variant.option).or(behind);
            if let Some(variant) = new.iter().find(|it| it.option == variant.option) {
                lines.entry(behind).or_default().push_str(&write::variant(variant));
                self.note(What::Added, &format!("{}::{}", site.item.ident, variant.ident));
            }
        }
        for (behind, lines) in &lines {
            self.list_of(site).insert(*behind, lines, &mut self.edits);
        }
        self.variants.entry(site.item.ident.to_string()).or_default().extend(new);
    }

    /// Variants for the options that an enum lacks, and has not got for another field.
    fn lacking(&self, site: &EnumSite<'_>, select: &Select) -> Vec<Variant> {
        let added = self.variants.get(&site.item.ident.to_string());
        let added = added.map(Vec::as_slice).unwrap_or_default();
        let has = |option: &str| {
            site.variants.iter().any(|it| it.option.as_deref() == Some(option))
                || added.iter().any(|it| it.option == option)
        };
        let options = select.variants.iter().map(|variant| &*variant.option);
        let new: Vec<_> = options.filter(|option| !has(option)).collect();
        let there = site.variants.iter().map(|it| it.variant.ident.to_string());
        let taken: HashSet<_> = there.chain(added.iter().map(|it| it.ident.clone())).collect();
        new_variants(&new, &taken)
    }

    fn list_of<'l>(&self, site: &EnumSite<'l>) -> List<'l, syn::Variant>
    where
        Self: 'l,
    {
        let text = self.source.text;
        List { text, items: &site.item.variants, braces: &site.item.brace_token }
    }

    /// Options that no select has any more whose values the enum holds.
    pub(super) fn gone_options(&mut self) {
        for site in self.source.enums() {
            let Some(options) = self.options_of(&site) else { continue };
            for (place, it) in site.variants.iter().enumerate() {
                let is_gone =
                    it.option.as_ref().is_some_and(|it| !options.iter().any(|o| *o == it.as_str()));
                if !is_gone {
                    continue;
                }
                let name = format!("{}::{}", site.item.ident, it.variant.ident);
                if self.request.prune {
                    self.list_of(&site).remove(place, &mut self.edits);
                    self.note(What::Removed, &name);
                } else {
                    self.note(What::Gone, &name);
                }
            }
        }
    }

    /// All options of the selects that the enum is for; nothing, where they are not known.
    fn options_of(&self, site: &EnumSite<'_>) -> Option<Vec<Text>> {
        let fields = self.selected.iter().filter(|it| site.item.ident == it.name.as_str());
        let mut options: Vec<Text> = Vec::new();
        let mut is_used = false;
        for it in fields {
            let object = self.request.objects.iter().find(|object| object.name == *it.object)?;
            let Some(field) = object.field(&it.field) else { continue };
            if field.options.is_empty() {
                return None;
            }
            options.extend(field.options.iter().cloned());
            is_used = true;
        }
        is_used.then_some(options)
    }
}
