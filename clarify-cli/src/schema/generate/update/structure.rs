//! A struct that is there: its new fields, and what changed of the others.

use std::collections::BTreeMap;

use clarify_codegen::{Generated, Member, write};
use clarify_schema::Object;
use heck::ToSnakeCase as _;
use syn::{Fields, FieldsNamed};

use super::super::note::What;
use super::super::source::{FieldSite, StructSite, range};
use super::super::types::{Fit, Types, argument, fit};
use super::Update;
use super::place::List;

impl Update<'_> {
    /// The struct that has all of an object; whether it has a field that is new.
    pub(super) fn structure(
        &mut self,
        site: &StructSite<'_>,
        generated: &Generated,
        object: &Object,
    ) -> bool {
        let Fields::Named(fields) = &site.item.fields else { return false };
        let mut new: BTreeMap<Option<usize>, String> = BTreeMap::new();
        let mut behind = None;
        for member in &generated.structure.members {
            match place(site, member) {
                Some(place) => behind = Some(place),
                None if is_left_out(site, member) => {}
                None => new.entry(behind).or_default().push_str(&self.new_field(site, member)),
            }
        }
        for (behind, lines) in &new {
            self.list(fields).insert(*behind, lines, &mut self.edits);
        }
        let has_new = !new.is_empty();
        self.known(site, generated, object, has_new);
        has_new
    }

    /// What is there of an object already, in a struct that may get what is new.
    pub(super) fn known(
        &mut self,
        site: &StructSite<'_>,
        generated: &Generated,
        object: &Object,
        has_new: bool,
    ) {
        let Fields::Named(fields) = &site.item.fields else { return };
        for member in &generated.structure.members {
            if let Some(place) = place(site, member) {
                self.field(site, place, member, object);
            }
        }
        let is_emptied = self.gone_fields(site, fields, object) && !has_new;
        if is_emptied && self.request.prune {
            self.list(fields).clear(&mut self.edits);
        }
        for select in &generated.selects {
            self.select(site, select);
        }
    }

    fn new_field(&mut self, site: &StructSite<'_>, member: &Member) -> String {
        self.uses_of(member);
        self.note(What::Added, &format!("{}.{}", site.item.ident, member.ident));
        write::member(member, &self.paths)
    }

    fn list<'l>(&self, fields: &'l FieldsNamed) -> List<'l, syn::Field>
    where
        Self: 'l,
    {
        List { text: self.source.text, items: &fields.named, braces: &fields.brace_token }
    }

    fn uses_of(&mut self, member: &Member) {
        let uses = member.ty.uses().into_iter();
        // The enum itself is written where it is missing.
        self.use_all(uses.filter(|name| *name != "ClarifySelect"));
    }

    /// What the object does not have any more; whether that is all.
    fn gone_fields(
        &mut self,
        site: &StructSite<'_>,
        fields: &FieldsNamed,
        object: &Object,
    ) -> bool {
        let mut is_all = true;
        for (place, it) in site.fields.iter().enumerate() {
            if it.wire.as_ref().is_none_or(|wire| object.field(wire).is_some()) {
                is_all = false;
                continue;
            }
            let name = format!("{}.{}", site.item.ident, it.ident);
            if self.request.prune {
                self.list(fields).remove(place, &mut self.edits);
                self.note(What::Removed, &name);
            } else {
                self.note(What::Gone, &name);
            }
        }
        is_all
    }

    /// A field that is there already.
    fn field(&mut self, site: &StructSite<'_>, place: usize, member: &Member, object: &Object) {
        let (Some(it), Some(field)) = (site.fields.get(place), object.field(&member.wire)) else {
            return;
        };
        let types = Types { names: &self.names, selected: &self.selected };
        let fit = fit(it, object, field, &member.ty, types);
        let ty = range(&it.field.ty);
        let written = self.source.text.get(ty).unwrap_or_default();
        let new = match fit {
            Fit::Good => None,
            Fit::NeedsOption => Some(format!("Option<{written}>")),
            Fit::NeedsNone => {
                let inner = argument(&it.field.ty).map(range);
                inner.and_then(|range| self.source.text.get(range)).map(str::to_owned)
            }
            Fit::Bad => {
                self.uses_of(member);
                Some(member.ty.write(&self.paths))
            }
        };
        let name = format!("{}.{}", site.item.ident, it.ident);
        if let Some(new) = &new {
            self.set_type(it, new);
            self.note(What::Changed, &format!("{name}: {new}"));
        }
        if self.arguments(it, member, object, field, fit) && new.is_none() {
            self.note(What::Changed, &name);
        }
    }

    /// Puts another type in the place of a field's, on a line of its own where it needs one.
    fn set_type(&mut self, site: &FieldSite<'_>, ty: &str) {
        let old = range(&site.field.ty);
        let Some(colon) = site.field.colon_token.as_ref().map(range) else { return };
        let lines = self.lines();
        let head = lines.at(lines.start(colon.start)..colon.end);
        let between = lines.at(colon.end..old.start);
        if !between.trim().is_empty() {
            return self.edits.replace(old, ty);
        }
        let indent = head.len() - head.trim_start().len();
        let is_short = head.chars().count() + ty.chars().count() + 2 <= write::WIDTH;
        let gap = if is_short { " ".to_owned() } else { format!("\n{}", " ".repeat(indent + 4)) };
        self.edits.replace(colon.end..old.end, gap + ty);
    }
}

/// Where in a struct a field is.
fn place(site: &StructSite<'_>, member: &Member) -> Option<usize> {
    site.fields.iter().position(|it| it.wire.as_deref() == Some(&*member.wire))
}

/// Whether people skip what would be this field, so that the struct goes without it.
fn is_left_out(site: &StructSite<'_>, member: &Member) -> bool {
    let usual = member.wire.to_snake_case();
    let is_it = |it: &FieldSite<'_>| it.ident == member.wire || it.ident == usual;
    site.fields.iter().any(|it| it.is_skipped && is_it(it))
}
