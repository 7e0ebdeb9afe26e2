//! An object that an enum stood for gets its struct in the enum's place.

use clarify_codegen::{Generated, write};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ItemEnum, Meta, Path, Token, Visibility};

use super::super::note::What;
use super::super::source::{StrangerSite, range, text_of};
use super::Update;

impl<'u> Update<'u> {
    /// The enums of objects that get a struct now, which has the enum's name.
    pub(super) fn known_strangers(&mut self) -> Vec<StrangerSite<'u>> {
        let mut sites = self.source.strangers();
        sites.retain(|site| {
            let is_wanted = self.request.objects.iter().any(|object| object.name == site.object);
            is_wanted && site.item.is_some() && !self.names.structs.contains_key(&site.object)
        });
        for site in &sites {
            self.names.structs.insert(site.object.clone(), site.name.clone());
            self.names.strangers.remove(&site.object);
        }
        sites
    }

    /// Makes the enum a struct. What people wrote on it stays on it.
    pub(super) fn replace(&mut self, site: &StrangerSite<'_>, generated: &Generated) {
        let Some(item) = site.item else { return };
        self.replace_docs(item, generated);
        self.replace_derives(item);
        let head = write::attributes(&generated.structure.arguments, "");
        if !head.is_empty() {
            self.lines().insert_attribute(declared_at(item), &head, &mut self.edits);
        }
        self.edits.replace(range(&item.enum_token), "struct");
        self.replace_body(item, generated);
        self.remove_link(site);
        self.use_all(write::object_uses(generated));
        self.note(What::Replaced, &site.name);
    }

    fn replace_docs(&mut self, item: &ItemEnum, generated: &Generated) {
        let usual = write::stranger_doc(&generated.object);
        if let Some(line) = item.attrs.iter().find(|it| doc(it).as_deref() == Some(&*usual)) {
            let docs = write::docs(&generated.structure.docs, "");
            let range = range(line);
            // Before the end of a line as Windows has it.
            let end = range.start + self.lines().at(range.clone()).trim_end().len();
            self.edits.replace(range.start..end, docs.trim_end());
        }
    }

    /// A struct with texts is no `Copy`.
    fn replace_derives(&mut self, item: &ItemEnum) {
        let derives = item.attrs.iter().filter(|it| it.path().is_ident("derive"));
        let parse = Punctuated::<Path, Token![,]>::parse_terminated;
        let mut own = Some(self.paths.of("ClarifyObject"));
        for paths in derives.filter_map(|it| it.parse_args_with(parse).ok()) {
            let (Some(first), Some(last)) = (paths.first(), paths.last()) else { continue };
            let is_copy = |path: &&Path| path.segments.last().is_some_and(|it| it.ident == "Copy");
            let kept = paths.iter().filter(|path| !is_copy(path));
            let kept = kept.map(|path| self.lines().at(range(path)).to_owned());
            let kept: Vec<_> = kept.chain(own.take()).collect();
            self.edits.replace(range(first).start..range(last).end, kept.join(", "));
        }
        if let Some(own) = own {
            let derive = format!("#[derive({own})]");
            self.lines().insert_attribute(declared_at(item), &derive, &mut self.edits);
        }
    }

    fn replace_body(&mut self, item: &ItemEnum, generated: &Generated) {
        let members = generated.structure.members.iter();
        let members: String = members.map(|it| write::member(it, &self.paths)).collect();
        let braces = item.brace_token.span;
        let body = braces.open().byte_range().end..braces.close().byte_range().start;
        let written = self.lines().at(body.clone()).trim_end();
        self.edits.replace(body, format!("{written}{}", write::block(&members)));
        for select in &generated.selects {
            let text = write::select(select, &self.paths);
            self.edits.insert(range(item).end, format!("\n\n{}", text.trim_end()));
        }
    }

    /// Takes away what made the enum a target of links, but for comments.
    fn remove_link(&mut self, site: &StrangerSite<'_>) {
        let link = range(site.link);
        let comments = comments(self.lines().at(link.clone()));
        if comments.is_empty() {
            self.edits.remove(self.lines().paragraph(link));
        } else {
            self.edits.replace(link, comments.join("\n"));
        }
    }
}

/// Where an enum begins, without its attributes.
fn declared_at(item: &ItemEnum) -> usize {
    match &item.vis {
        Visibility::Inherited => range(&item.enum_token).start,
        vis => range(vis).start,
    }
}

fn doc(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else { return None };
    let is_doc = pair.path.is_ident("doc") && matches!(pair.value, Expr::Lit(_));
    is_doc.then(|| text_of(&pair.value))?.map(|text| text.trim().to_owned())
}

/// The comments in a text, for a place where there is nothing to document.
fn comments(text: &str) -> Vec<String> {
    let comments = text.lines().filter_map(|line| line.split_once("//"));
    comments.map(|(_, comment)| format!("// {}", comment.trim_start_matches('/').trim())).collect()
}
