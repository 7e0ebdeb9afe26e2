//! Shows the cases on a service that runs elsewhere, and leaves nothing behind there.

mod caught;
mod ledger;
mod lost;
mod scene;

use std::sync::Arc;

use clarify_server::Contract;

pub use self::caught::quiet;
pub use self::ledger::{Ledger, Left};
pub use self::scene::custom_objects;
use crate::World;
use crate::cases::{CASES, Case, Verdict};
use crate::line::Line;

/// Cases that try what a service must refuse, and that would do harm to what is there if it did not.
pub const RISKY: &[&str] = &[
    "schemas::a_built_in_can_not_be_deleted",
    "schema_fields::what_every_workspace_has_stays",
    "schema_relationships::a_side_alone_or_in_the_way_is_refused",
];

/// What became of a case.
#[derive(Debug)]
pub enum Outcome {
    /// The service does what the rule says.
    Shown,
    /// It does otherwise, as this line says.
    Failed(String),
    /// The case was not shown, for this reason.
    Skipped(String),
}

/// The cases that a run is about.
#[derive(Debug, Default)]
pub struct Choice {
    /// `topic` or `topic::name`; nothing is all of them.
    pub only: Option<String>,
    /// Whether the service is ours: then what only ours does is shown, too.
    pub ours: bool,
}

impl Choice {
    /// The chosen cases.
    pub fn cases(&self) -> impl Iterator<Item = &'static Case> {
        CASES.iter().filter(|case| match &self.only {
            None => true,
            Some(only) => case.topic == only || case.path() == *only,
        })
    }

    /// Why a case is not shown.
    #[must_use]
    pub fn skips(&self, case: &Case) -> Option<&'static str> {
        match case.verdict {
            _ if self.ours => None,
            Verdict::Differs(_) | Verdict::NotThere(_) => {
                Some("it shows what only our service does")
            }
            _ if RISKY.contains(&&*case.path()) => {
                Some("it would harm the workspace, were it not refused")
            }
            _ => None,
        }
    }
}

/// A run against one service.
pub struct Run {
    world: World,
    ledger: Arc<Ledger>,
    missing: Vec<String>,
    /// The objects that the workspace had before.
    objects: Vec<String>,
    totals: Vec<(String, u64)>,
    choice: Choice,
}

impl Run {
    /// Looks at a service, and makes nothing there yet but a connection. Where no contract is given,
    /// it is seen from how the service answers.
    ///
    /// # Errors
    ///
    /// When the service can't be used, or has an object of a name that the cases need.
    pub async fn begin(
        world: World,
        contract: Option<Contract>,
        choice: Choice,
    ) -> Result<Self, String> {
        let ledger = Ledger::new();
        let world = world.on(Line::noted(Arc::clone(&ledger)));
        let fields = scene::fields(&world).await?;
        scene::check(&fields)?;
        let contract = match contract {
            Some(contract) => contract,
            None if scene::is_live(&world).await? => Contract::Live,
            None => Contract::Documented,
        };
        let totals = scene::totals(&world).await?;
        lost::see_others(&world, &ledger).await?;
        let missing = scene::missing(&fields);
        let objects = fields.into_keys().collect();
        Ok(Self { world: world.under(contract), ledger, missing, objects, totals, choice })
    }

    /// The contract that the cases are shown under.
    #[must_use]
    pub fn contract(&self) -> Contract {
        self.world.contract()
    }

    /// Makes the custom objects that the cases share.
    ///
    /// # Errors
    ///
    /// When the service does not make them.
    pub async fn set_up(&self) -> Result<(), String> {
        scene::set_up(&self.world, &self.ledger, &self.objects).await
    }

    /// Shows a case.
    pub async fn show(&self, case: &Case) -> Outcome {
        if let Some(reason) = self.choice.skips(case) {
            return Outcome::Skipped(reason.to_owned());
        }
        self.ledger.take_refusals();
        match caught::caught((case.run)(&self.world)).await {
            Ok(()) => Outcome::Shown,
            Err(line) => self.lacking().map_or(Outcome::Failed(line), Outcome::Skipped),
        }
    }

    /// The field that the workspace lacks, where one was refused.
    fn lacking(&self) -> Option<String> {
        let refusals = self.ledger.take_refusals();
        let names = |field: &String| {
            refusals.iter().any(|text| text.contains(&format!("attributes/{field}")))
        };
        let field = self.missing.iter().find(|field| names(field))?;
        Some(format!("the workspace has no field `{field}`"))
    }

    /// Deletes everything that was made, and says what could not be deleted.
    pub async fn clear(&self) -> Left {
        scene::clear(&self.world, &self.ledger, &self.objects).await
    }

    /// What was made and not deleted again.
    #[must_use]
    pub fn left(&self) -> Left {
        self.ledger.left()
    }

    /// The objects that have more records than before: ours, if others write nothing meanwhile.
    pub async fn grown(&self) -> Vec<String> {
        let now = scene::totals(&self.world).await.unwrap_or_default();
        let grown = self.totals.iter().zip(now).filter(|(before, now)| now.1 > before.1);
        grown
            .map(|(before, now)| format!("{}: {} before, {} now", before.0, before.1, now.1))
            .collect()
    }
}
