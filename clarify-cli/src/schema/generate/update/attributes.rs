//! The `#[clarify(...)]` of a field that is there.

use std::ops::Range;

use clarify_codegen::{Member, write};
use clarify_schema::{Field, Object, built_in};
use syn::Visibility;

use super::super::source::{FieldSite, has, range};
use super::super::types::Fit;
use super::Update;

impl Update<'_> {
    /// Says of a field what its type can't, where that changed; whether it did.
    pub(super) fn arguments(
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
        let mut after: Vec<_> = kept.map(|argument| argument.text.clone()).collect();
        for new in member.arguments.iter().filter(|argument| is_wrong(name(argument))) {
            let place = after.iter().position(|it| rank(name(it)) > rank(name(new)));
            after.insert(place.unwrap_or(after.len()), new.clone());
        }
        if site.arguments.iter().map(|argument| &argument.text).eq(&after) {
            return false;
        }
        self.rewrite(site, &after);
        true
    }

    /// Writes the arguments of a field anew, in its first attribute.
    fn rewrite(&mut self, site: &FieldSite<'_>, arguments: &[String]) {
        let attributes = site.field.attrs.iter().filter(|it| it.path().is_ident("clarify"));
        let attributes: Vec<_> = attributes.map(range).collect();
        let start = attributes.first().map_or_else(|| declared_at(site), |first| first.start);
        let indent = self.lines().indent(start).unwrap_or("    ");
        let new = write::attributes(arguments, indent);
        let new = new.trim();
        match attributes.split_first() {
            Some((first, others)) => {
                match new {
                    "" => self.remove_attribute(first.clone()),
                    new => self.edits.replace(first.clone(), new),
                }
                others.iter().for_each(|range| self.remove_attribute(range.clone()));
            }
            None => self.lines().insert_attribute(start, new, &mut self.edits),
        }
    }

    fn remove_attribute(&mut self, range: Range<usize>) {
        let rest = self.lines().from(range.end);
        let gap = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let lines = self.lines().whole(range.clone());
        self.edits.remove(lines.unwrap_or(range.start..range.end + gap));
    }
}

/// Of what an argument is.
fn name(argument: &str) -> &str {
    argument.split([' ', '=']).next().unwrap_or_default()
}

/// The order in which arguments are generated.
fn rank(name: &str) -> Option<usize> {
    ["rename", "unique", "read_only", "kind"].iter().position(|it| *it == name)
}

/// Where a field begins, without its attributes.
fn declared_at(site: &FieldSite<'_>) -> usize {
    match (&site.field.vis, &site.field.ident) {
        (Visibility::Inherited, Some(ident)) => ident.span().byte_range().start,
        (vis, _) => range(vis).start,
    }
}
