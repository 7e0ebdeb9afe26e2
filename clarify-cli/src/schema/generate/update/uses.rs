//! The `use` lines of a file: what new lines need is brought in, and what no line needs any more goes.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use clarify_codegen::write;
use proc_macro2::{TokenStream, TokenTree};
use syn::{Item, UseTree, Visibility};

use super::super::edits::Edits;
use super::super::imports::{LIBRARY, imports, one, plain};
use super::super::lines::Lines;
use super::super::source::{Source, range};

/// `use` lines of the library that follow each other.
struct Run {
    range: Range<usize>,
    paths: BTreeSet<String>,
}

/// The text as it is `now`, with `use` lines for these names, and without those for names that it had
/// `before` and has no more.
pub(super) fn bring_in(
    before: &Source<'_>,
    now: &Source<'_>,
    uses: &BTreeSet<&'static str>,
) -> String {
    let there = imports(now);
    let new = uses.iter().filter(|name| !there.iter().any(|it| it.name == **name));
    let mut new: BTreeSet<_> = new.filter_map(|name| write::path(name)).collect();
    let (had, has) = (words(before), words(now));
    let is_idle = |path: &str| {
        let name = path.rsplit("::").next().unwrap_or_default();
        // A trait can be at work where only what it has is named.
        let by_name = name == "LinkTarget" && has.contains("TARGET");
        had.contains(name) && !has.contains(name) && !by_name
    };
    let mut edits = Edits::default();
    let runs = runs(now);
    for run in &runs {
        let mut paths: BTreeSet<_> =
            run.paths.iter().filter(|path| !is_idle(path)).cloned().collect();
        paths.append(&mut new);
        rewrite(run, &paths, now.text, &mut edits);
    }
    if !new.is_empty() {
        insert(&write::imports(&new), now, &mut edits);
    }
    for name in idle_in_lists(now, &is_idle) {
        edits.remove(name);
    }
    edits.apply(now.text)
}

fn rewrite(run: &Run, paths: &BTreeSet<String>, text: &str, edits: &mut Edits) {
    if paths.is_empty() {
        edits.remove(Lines(text).paragraph(run.range.clone()));
    } else if *paths != run.paths {
        edits.replace(run.range.clone(), write::imports(paths).trim_end());
    }
}

/// Puts lines behind the first block of `use` lines, apart from them; else before all.
fn insert(lines: &str, source: &Source<'_>, edits: &mut Edits) {
    let text = Lines(source.text);
    let is_use = |item: &&Item| matches!(item, Item::Use(_));
    let first = source.file.items.iter().skip_while(|item| !is_use(item));
    if let Some(last) = first.take_while(is_use).last() {
        let (end, is_last) = text.end(range(last).end);
        let tail = if is_last { "" } else { "\n" };
        edits.insert(end, format!("\n\n{}{tail}", lines.trim_end()));
    } else if let Some(first) = source.file.items.first() {
        let start = text.with_comment(range(first).start);
        let above = text.before(start);
        let is_apart = above.lines().last().is_none_or(|line| line.trim().is_empty());
        let head = if is_apart { "" } else { "\n" };
        edits.insert(start, format!("{head}{lines}\n"));
    }
}

fn runs(source: &Source<'_>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for item in &source.file.items {
        let Item::Use(item) = item else { continue };
        let Some(paths) = plain(item, source) else { continue };
        let own = range(item);
        match runs.last_mut().filter(|run| follows(run, &own, source.text)) {
            Some(run) => {
                run.range.end = own.end;
                run.paths.extend(paths);
            }
            None => runs.push(Run { range: own, paths: paths.into_iter().collect() }),
        }
    }
    runs
}

/// Whether nothing stands between them but the end of a line.
fn follows(run: &Run, next: &Range<usize>, text: &str) -> bool {
    let between = Lines(text).at(run.range.end..next.start);
    between.trim().is_empty() && between.matches('\n').count() == 1
}

/// The places of idle names in lists of the library's that are not as generated ones are.
fn idle_in_lists(source: &Source<'_>, is_idle: &impl Fn(&str) -> bool) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    for item in &source.file.items {
        let Item::Use(item) = item else { continue };
        let is_private = matches!(item.vis, Visibility::Inherited);
        if let UseTree::Path(library) = &item.tree
            && library.ident == LIBRARY
            && is_private
            && plain(item, source).is_none()
        {
            idle_in(&library.tree, is_idle, &mut places);
        }
    }
    places
}

fn idle_in(tree: &UseTree, is_idle: &impl Fn(&str) -> bool, places: &mut Vec<Range<usize>>) {
    match tree {
        UseTree::Path(path) => idle_in(&path.tree, is_idle, places),
        UseTree::Group(list) => {
            let mut end = list.brace_token.span.open().byte_range().end;
            for (place, tree) in list.items.iter().enumerate() {
                idle_in(tree, is_idle, places);
                let own = range(tree);
                let next = list.items.get(place + 1).map(|next| range(next).start);
                if one(tree, "").is_some_and(|path| is_idle(&path)) {
                    places.push(next.map_or(end..own.end, |next| own.start..next));
                }
                end = own.end;
            }
        }
        _ => {}
    }
}

/// All words of the code, those of `use` lines excepted.
fn words(source: &Source<'_>) -> HashSet<String> {
    let uses = source.file.items.iter().filter(|item| matches!(item, Item::Use(_)));
    let uses: Vec<_> = uses.map(range).collect();
    let mut words = HashSet::new();
    gather(source.text.parse().unwrap_or_default(), &uses, &mut words);
    words
}

fn gather(tokens: TokenStream, uses: &[Range<usize>], words: &mut HashSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => gather(group.stream(), uses, words),
            TokenTree::Ident(word) => {
                let place = word.span().byte_range().start;
                if !uses.iter().any(|range| range.contains(&place)) {
                    words.insert(word.to_string());
                }
            }
            _ => {}
        }
    }
}
