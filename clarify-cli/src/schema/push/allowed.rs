//! What may be done beyond adding.

use clarify_schema::{CUSTOM_PREFIX, Change, Difference, Permission};

/// What may be done beyond adding.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "What is there already")]
#[group(skip)]
pub(super) struct Allowed {
    /// Remove fields that are not known here, with their values. Those of built-in objects stay.
    #[arg(long)]
    remove_fields: bool,
    /// Remove options that are not known here, also from the records that use them.
    #[arg(long)]
    remove_options: bool,
    /// Make fields required that are so here. It is refused where records have no value.
    #[arg(long)]
    require: bool,
}

impl Allowed {
    pub(super) fn permission(&self) -> Permission {
        let Self { remove_fields, remove_options, require } = *self;
        let mut permission = Permission::default();
        permission.remove_fields = remove_fields;
        permission.remove_options = remove_options;
        permission.require = require;
        permission
    }

    /// What could be done about a difference that is left, by a flag that is not given.
    pub(super) fn flag_for(&self, left: &Difference) -> Option<&'static str> {
        let is_custom = left.object.starts_with(CUSTOM_PREFIX);
        let (is_given, flag) = match left.change {
            Change::Optional => (self.require, "`--require`"),
            Change::NewOption { .. } => (self.remove_options, "`--remove-options`"),
            Change::NewField { .. } if is_custom => (self.remove_fields, "`--remove-fields`"),
            _ => return None,
        };
        (!is_given).then_some(flag)
    }
}
