//! A struct that is there: its new fields, and what changed of the others.

use clarify_codegen::{Generated, Member, Paths, write};
use clarify_schema::{Field, Object, built_in};
use syn::{Fields, FieldsNamed};

use super::super::note::What;
use super::super::source::{FieldSite, StructSite, has, range};
use super::super::types::{Fit, argument, fit};
use super::Update;
use super::place::List;

impl Update<'_> {
    pub(super) fn structure(
        &mut self,
        site: &StructSite<'_>,
        generated: &Generated,
        object: &Object,
    ) {
        let Fields::Named(fields) = &site.item.fields else { return };
        let mut behind = None;
        for member in &generated.structure.members {
            match site.fields.iter().position(|it| it.wire.as_deref() == Some(&*member.wire)) {
                Some(place) => {
                    behind = Some(place);
                    self.field(site, place, member, object);
                }
                None => self.new_field(site, fields, behind, member),
            }
        }
        self.gone_fields(site, fields, object);
        for select in &generated.selects {
            self.select(site, select);
        }
    }

    fn new_field(
        &mut self,
        site: &StructSite<'_>,
        fields: &FieldsNamed,
        behind: Option<usize>,
        member: &Member,
    ) {
        let lines = write::member(member, &Paths::Imported);
        self.list(fields).insert(behind, &lines, &mut self.edits);
        self.uses_of(member);
        self.note(What::Added, &format!("{}.{}", site.item.ident, member.ident));
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
        let uses = uses.filter(|name| *name != "ClarifySelect");
        self.uses.extend(uses.filter(|name| clarify_codegen::folder(name).is_some()));
    }

    fn gone_fields(&mut self, site: &StructSite<'_>, fields: &FieldsNamed, object: &Object) {
        for (place, it) in site.fields.iter().enumerate() {
            let is_gone = it.wire.as_ref().is_some_and(|wire| object.field(wire).is_none());
            if !is_gone {
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
    }

    /// A field that is there already.
    fn field(&mut self, site: &StructSite<'_>, place: usize, member: &Member, object: &Object) {
        let (Some(it), Some(field)) = (site.fields.get(place), object.field(&member.wire)) else {
            return;
        };
        let fit = fit(it, object, field, &member.ty, &self.names);
        let ty = range(&it.field.ty);
        let written = self.source.text.get(ty.clone()).unwrap_or_default();
        let new = match fit {
            Fit::Good => None,
            Fit::NeedsOption => Some(format!("Option<{written}>")),
            Fit::NeedsNone => {
                let inner = argument(&it.field.ty).map(range);
                inner.and_then(|range| self.source.text.get(range)).map(str::to_owned)
            }
            Fit::Bad => {
                self.uses_of(member);
                Some(member.ty.write(&Paths::Imported))
            }
        };
        let name = format!("{}.{}", site.item.ident, it.ident);
        if let Some(new) = &new {
            self.edits.replace(ty, new.clone());
            self.note(What::Changed, &format!("{name}: {new}"));
        }
        if self.arguments(it, member, object, field, fit) && new.is_none() {
            self.note(What::Changed, &name);
        }
    }

    /// Says of a field what its type can't, where that changed; whether it did.
    fn arguments(
        &mut self,
        site: &FieldSite<'_>,
        member: &Member,
        object: &Object,
        field: &Field,
        fit: Fit,
    ) -> bool {
        let is_said = |name: &str| has(&site.arguments, name);
        let is_wanted = |name: &str| member.arguments.iter().any(|argument| argument == name);
        // A built-in's own unique field is known without being told.
        let unique = built_in(&object.name).is_none() && is_said("unique") != is_wanted("unique");
        let read_only = is_said("read_only") != field.read_only;
        let wrong = [("unique", unique), ("read_only", read_only), ("kind", fit == Fit::Bad)];
        let is_wrong = |name: &str| wrong.iter().any(|(it, is_wrong)| *is_wrong && *it == name);
        let kept = site.arguments.iter().filter(|argument| !is_wrong(&argument.name));
        let new = member
            .arguments
            .iter()
            .filter(|argument| is_wrong(argument.split([' ', '=']).next().unwrap_or_default()));
        let before: Vec<_> = site.arguments.iter().map(|argument| argument.text.clone()).collect();
        let after: Vec<_> =
            kept.map(|argument| argument.text.clone()).chain(new.cloned()).collect();
        if before == after {
            return false;
        }
        self.rewrite(site, &after);
        true
    }

    /// Writes the arguments of a field anew, in its first attribute.
    fn rewrite(&mut self, site: &FieldSite<'_>, arguments: &[String]) {
        let line = write::attributes(arguments, "    ");
        let attributes = site.field.attrs.iter().filter(|it| it.path().is_ident("clarify"));
        let attributes: Vec<_> = attributes.map(range).collect();
        let text = self.source.text;
        let lines = attributes.iter().map(|range| {
            let before = text.get(..range.start).unwrap_or_default();
            let rest = text.get(range.end..).unwrap_or_default();
            let indent = before.len() - before.trim_end_matches([' ', '\t']).len();
            let gap = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            let newline = rest.get(gap..).map_or(0, |rest| match rest {
                _ if rest.starts_with("\r\n") => 2,
                _ if rest.starts_with('\n') => 1,
                _ => 0,
            });
            range.start - indent..range.end + gap + newline
        });
        let lines: Vec<_> = lines.collect();
        match lines.split_first() {
            Some((first, others)) => {
                self.edits.replace(first.clone(), line);
                others.iter().for_each(|range| self.edits.remove(range.clone()));
            }
            None => {
                let docs = site.field.attrs.last().map(|last| range(last).end);
                let (at, line) = match docs {
                    Some(end) => (end, format!("\n{}", line.trim_end())),
                    None => (range(site.field).start, format!("{}\n    ", line.trim())),
                };
                self.edits.insert(at, line);
            }
        }
    }
}
