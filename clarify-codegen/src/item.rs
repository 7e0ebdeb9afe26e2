//! What is generated, with all its names decided.

use crate::Type;

/// What is generated for one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generated {
    /// The object's name on the wire.
    pub object: String,
    /// Its struct.
    pub structure: Struct,
    /// The enums of its selects.
    pub selects: Vec<Select>,
    /// The fields that no struct can have.
    pub left_out: Vec<LeftOut>,
}

/// A struct that is an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Struct {
    /// The struct's name.
    pub name: String,
    /// The lines of its doc comment.
    pub docs: Vec<String>,
    /// The arguments of its `#[clarify(...)]`.
    pub arguments: Vec<String>,
    /// Its fields, in the object's order.
    pub members: Vec<Member>,
}

/// A field of a struct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The field's name on the wire.
    pub wire: String,
    /// The field's name in the struct, without `r#`.
    pub ident: String,
    /// The lines of its doc comment.
    pub docs: Vec<String>,
    /// The arguments of its `#[clarify(...)]`.
    pub arguments: Vec<String>,
    /// Its type.
    pub ty: Type,
}

/// An enum whose variants are the options of a select.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Select {
    /// The enum's name.
    pub name: String,
    /// The field's name on the wire.
    pub field: String,
    /// The lines of its doc comment.
    pub docs: Vec<String>,
    /// The options.
    pub variants: Vec<Variant>,
    /// The variant that keeps the options which the enum does not name.
    pub other: String,
}

/// A variant that is an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The option's text.
    pub option: String,
    /// The variant's name.
    pub ident: String,
    /// The lines of its doc comment.
    pub docs: Vec<String>,
}

/// An object that has no struct, to which records link all the same: an empty enum that names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stranger {
    /// The enum's name.
    pub name: String,
    /// The object's name on the wire.
    pub object: String,
}

/// A field that no struct can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The field's name on the wire.
    pub field: String,
    /// Why it can't.
    pub reason: String,
}
