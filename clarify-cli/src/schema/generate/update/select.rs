//! An enum that is there: its new options, and those that are gone.

use std::collections::HashSet;

use clarify_codegen::{Paths, Select, new_variants, write};
use clarify_schema::Text;

use super::super::note::What;
use super::super::source::{EnumSite, StructSite, range};
use super::Update;
use super::place::List;

impl Update<'_> {
    /// The enum of a select: what it lacks, or all of it, if a field needs it.
    pub(super) fn select(&mut self, structure: &StructSite<'_>, select: &Select) {
        let key = (structure.object.clone(), select.field.clone());
        let enums = self.source.enums();
        let named = self.names.selects.get(&key);
        match named.and_then(|name| enums.iter().find(|it| it.item.ident == name.as_str())) {
            Some(site) => self.new_options(site, select),
            None if self.is_needed(select) => {
                let text = write::select(select, &Paths::Imported);
                let end = range(structure.item).end;
                self.edits.insert(end, format!("\n\n{}", text.trim_end()));
                self.uses.insert("ClarifySelect");
                self.note(What::Added, &select.name);
            }
            None => {}
        }
    }

    /// Whether a line that is new names it: one that people wrote names a type of their own.
    fn is_needed(&self, select: &Select) -> bool {
        self.edits.name(&select.name)
    }

    fn new_options(&mut self, site: &EnumSite<'_>, select: &Select) {
        let has =
            |option: &str| site.variants.iter().any(|it| it.option.as_deref() == Some(option));
        let options = select.variants.iter().map(|variant| &*variant.option);
        let new: Vec<_> = options.filter(|option| !has(option)).collect();
        let taken: HashSet<_> =
            site.variants.iter().map(|it| it.variant.ident.to_string()).collect();
        let mut new = new_variants(&new, &taken).into_iter();
        let mut behind = None;
        for variant in &select.variants {
            let there =
                site.variants.iter().position(|it| it.option.as_deref() == Some(&*variant.option));
            if there.is_some() {
                behind = there;
            } else if let Some(variant) = new.next() {
                self.list_of(site).insert(behind, &write::variant(&variant), &mut self.edits);
                self.note(What::Added, &format!("{}::{}", site.item.ident, variant.ident));
            }
        }
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
        let fields = self.names.selects.iter().filter(|(_, name)| site.item.ident == name.as_str());
        let mut options: Vec<Text> = Vec::new();
        let mut is_used = false;
        for ((object, field), _) in fields {
            let object = self.request.objects.iter().find(|it| it.name == object.as_str())?;
            let Some(field) = object.field(field) else { continue };
            if field.options.is_empty() {
                return None;
            }
            options.extend(field.options.iter().cloned());
            is_used = true;
        }
        is_used.then_some(options)
    }
}
