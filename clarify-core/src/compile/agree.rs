//! Whether a field's type agrees with the workspace's field, as the snapshot has it.
//!
//! The same rules as those of `clarify_schema::differences`, where the type can be seen through.

use clarify_schema::{Kind, Text};

use super::compare::{equal, is_among, is_misspelled, is_variant, respelled};
use super::kind::{contains, types_of};
use super::text::{Buffer, text};
use crate::value::{Known, Shape};

/// The longest message. What goes beyond it is left out.
const LENGTH: usize = 2048;

/// How many options of a list are named.
const NAMED: usize = 8;

/// A field as the workspace has it.
struct Theirs {
    name: &'static str,
    kind: Kind,
    required: bool,
    target: Option<&'static str>,
    options: &'static [&'static str],
}

impl Theirs {
    const fn new(name: &'static str, kind: Kind, required: bool) -> Self {
        Self { name, kind, required, target: None, options: &[] }
    }

    const fn link(name: &'static str, target: &'static str, required: bool) -> Self {
        Self { target: Some(target), ..Self::new(name, Kind::ToOne, required) }
    }

    const fn select(
        name: &'static str,
        kind: Kind,
        options: &'static [&'static str],
        required: bool,
    ) -> Self {
        Self { options, ..Self::new(name, kind, required) }
    }
}

/// A check for each form of a field, so that what is emitted of one is a line: a record *may be*
/// without a value or *must* have one.
impl<V> Shape<V> {
    /// The same shape in a field that the struct never writes.
    #[must_use]
    pub const fn only_read(mut self) -> Self {
        self.only_read = true;
        self
    }

    /// Checks it against a field of this kind.
    #[track_caller]
    pub const fn may_be(self, name: &'static str, kind: Kind) {
        self.facts.known.agree(self.only_read, &Theirs::new(name, kind, false));
    }

    /// Checks it against a required field of this kind.
    #[track_caller]
    pub const fn must_be(self, name: &'static str, kind: Kind) {
        self.facts.known.agree(self.only_read, &Theirs::new(name, kind, true));
    }

    /// Checks it against a link to this object.
    #[track_caller]
    pub const fn may_link(self, name: &'static str, target: &'static str) {
        self.facts.known.agree(self.only_read, &Theirs::link(name, target, false));
    }

    /// Checks it against a required link to this object.
    #[track_caller]
    pub const fn must_link(self, name: &'static str, target: &'static str) {
        self.facts.known.agree(self.only_read, &Theirs::link(name, target, true));
    }

    /// Checks it against a select with these options, of one or of many.
    #[track_caller]
    pub const fn may_select(
        self,
        name: &'static str,
        kind: Kind,
        options: &'static [&'static str],
    ) {
        self.facts.known.agree(self.only_read, &Theirs::select(name, kind, options, false));
    }

    /// Checks it against a required select with these options.
    #[track_caller]
    pub const fn must_select(
        self,
        name: &'static str,
        kind: Kind,
        options: &'static [&'static str],
    ) {
        self.facts.known.agree(self.only_read, &Theirs::select(name, kind, options, true));
    }
}

/// What is not about one type is compiled, and run by the compiler, as one.
impl Known {
    #[track_caller]
    #[allow(clippy::panic, reason = "a panic while a constant is made is an error of the compiler")]
    const fn agree(&self, only_read: bool, theirs: &Theirs) {
        if self.fits(theirs) {
            return;
        }
        let mut out = Buffer::new();
        if self.is_of(theirs.kind) {
            self.push_need(&mut out, only_read, theirs);
            self.push_target(&mut out, theirs);
            self.push_options(&mut out, only_read, theirs);
        } else {
            problem(&mut out, theirs.name, &["is of the kind `", theirs.kind.name(), "`"]);
            push_all(&mut out, &["\nhelp: ", types_of(theirs.kind)]);
        }
        if out.wanted() > 0 {
            panic!("{}", out.as_str());
        }
    }

    /// Whether it plainly agrees, as most fields do: looked at first, since it costs the compiler least.
    const fn fits(&self, theirs: &Theirs) -> bool {
        let is_of = self.is_of(theirs.kind);
        let is_as_needed = self.is_collection || self.required == theirs.required;
        let leads_there = match (self.target, theirs.target) {
            (Some(ours), Some(theirs)) => equal(ours, theirs),
            _ => true,
        };
        is_of && is_as_needed && leads_there && have_same_options(self.options, theirs.options)
    }

    /// Kinds that a schema does not tell apart, and a kind that is not known here, fit as well. But a
    /// `PersonName` is written with its parts, which is no text.
    const fn is_of(&self, kind: Kind) -> bool {
        let is_text = matches!(kind, Kind::Text | Kind::LongText);
        let is_name_for_text = is_text && matches!(self.kind, Kind::PersonName);
        matches!(kind, Kind::Other)
            || contains(self.also, kind)
            || (self.kind.is_known_as(kind) && !is_name_for_text)
    }

    const fn push_need(&self, out: &mut Buffer<LENGTH>, only_read: bool, theirs: &Theirs) {
        let may_lack = !self.required && !self.is_collection && !only_read;
        if theirs.required && may_lack {
            problem(out, theirs.name, &["must have a value\nhelp: take the `Option` away"]);
        } else if self.required && !theirs.required {
            problem(out, theirs.name, &["may be without a value\nhelp: make it an `Option`"]);
        }
    }

    const fn push_target(&self, out: &mut Buffer<LENGTH>, theirs: &Theirs) {
        if let (Some(ours), Some(target)) = (self.target, theirs.target)
            && !equal(ours, target)
        {
            problem(out, theirs.name, &["links to `", target, "`, not to `", ours, "`"]);
            push_all(out, &["\nhelp: make it a `RecordId` of the struct for `", target, "`"]);
        }
    }

    /// Options are known on both sides, or nothing can be said of them.
    const fn push_options(&self, out: &mut Buffer<LENGTH>, only_read: bool, theirs: &Theirs) {
        if self.options.is_empty() || theirs.options.is_empty() {
            return;
        }
        if !only_read {
            self.push_missing(out, theirs);
        }
        if !self.is_open {
            self.push_new(out, only_read, theirs);
        }
    }

    const fn push_missing(&self, out: &mut Buffer<LENGTH>, theirs: &Theirs) {
        let (mut ours, mut count) = (self.options, 0);
        while let [option, rest @ ..] = ours {
            ours = rest;
            let option = text(option);
            if is_among(option, theirs.options) {
                continue;
            }
            count += 1;
            list(out, count, theirs.name, "has no option ", option);
            if let Some(other) = respelled(option, theirs.options)
                && count <= NAMED
            {
                push_all(out, &[" (it is spelled `", other, "`)"]);
            }
        }
        let help = "spell the variants as the workspace does, with `rename`; or take them away";
        end_list(out, count, help);
    }

    const fn push_new(&self, out: &mut Buffer<LENGTH>, only_read: bool, theirs: &Theirs) {
        let (mut options, mut count) = (theirs.options, 0);
        while let [option, rest @ ..] = options {
            options = rest;
            // Where one is written, another spelling has been said.
            let is_said = !only_read && is_misspelled(option, self.options, theirs.options);
            if !is_said && !is_variant(option, self.options) {
                count += 1;
                list(out, count, theirs.name, "has also the option ", option);
            }
        }
        let help = "add a variant for it, or one that keeps what it does not know: `#[clarify(other)] Other(String)`";
        end_list(out, count, help);
    }
}

/// Whether both have the same options in the same order, as they mostly do, or one side's are not known.
const fn have_same_options(mut ours: &[Text], mut theirs: &[&str]) -> bool {
    if ours.is_empty() || theirs.is_empty() {
        return true;
    }
    while let ([one, ours_rest @ ..], [other, theirs_rest @ ..]) = (ours, theirs) {
        if !equal(text(one), other) {
            return false;
        }
        (ours, theirs) = (ours_rest, theirs_rest);
    }
    ours.is_empty() && theirs.is_empty()
}

/// Begins a line about the field.
const fn problem(out: &mut Buffer<LENGTH>, name: &str, what: &[&str]) {
    if out.wanted() > 0 {
        out.push("\n");
    }
    push_all(out, &["the workspace's `", name, "` "]);
    push_all(out, what);
}

/// One more item of a line that lists some.
const fn list(out: &mut Buffer<LENGTH>, count: usize, name: &str, what: &str, item: &str) {
    match count {
        1 => problem(out, name, &[what]),
        ..=NAMED => out.push(", "),
        _ => return,
    }
    push_all(out, &["`", item, "`"]);
}

const fn end_list(out: &mut Buffer<LENGTH>, count: usize, help: &str) {
    if count > NAMED {
        out.push(" and others");
    }
    if count > 0 {
        push_all(out, &["\nhelp: ", help]);
    }
}

const fn push_all(out: &mut Buffer<LENGTH>, mut texts: &[&str]) {
    while let [text, rest @ ..] = texts {
        out.push(text);
        texts = rest;
    }
}
