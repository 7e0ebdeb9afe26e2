//! `conformance`: shows the list of cases on any service, and leaves nothing behind.

use std::fmt::Display;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, ValueEnum};
use clarify_core::Client;
use clarify_server::Contract;
use clarify_tests::World;
use clarify_tests::conformance::{self, Choice, Left, Outcome, Run};
#[cfg(unix)]
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Notify;

/// Shows each rule of the API on a service: the hosted one, or one of your own.
///
/// The key is read from the variable CLARIFY_API_KEY. What the cases make is deleted at the end, also
/// after a failure, after Ctrl-C and when it is asked to end (SIGTERM, SIGHUP); the service may keep deleted records where it lists those. Ends
/// with 0 if all went well, with 1 if a case failed or something was left behind, and with 2 if
/// nothing could be shown.
#[derive(Debug, Parser)]
#[command(name = "conformance")]
struct Arguments {
    /// Where the service is, as `https://api.clarify.ai` or the URL that `clarify serve` prints.
    #[arg(long, value_name = "URL")]
    base_url: String,
    /// The workspace's slug.
    #[arg(long, value_name = "SLUG")]
    workspace: String,
    /// Which form of the API the service speaks; if this is not given, it is found out.
    #[arg(long, value_enum)]
    contract: Option<Form>,
    /// The one topic or case to show.
    #[arg(long, value_name = "TOPIC[::NAME]")]
    case: Option<String>,
    /// The service is this project's own: show what only it does, too.
    #[arg(long)]
    ours: bool,
    /// Say what would be shown and made, and send nothing.
    #[arg(long)]
    dry_run: bool,
    /// Begin without asking.
    #[arg(long)]
    yes: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    Documented,
    Live,
}

impl From<Form> for Contract {
    fn from(form: Form) -> Self {
        match form {
            Form::Documented => Self::Documented,
            Form::Live => Self::Live,
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    conformance::quiet();
    match run(arguments).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// Whether all went well.
async fn run(arguments: Arguments) -> Result<bool, String> {
    let Arguments { base_url, workspace, contract, case, ours, dry_run, yes } = arguments;
    let choice = Choice { only: case, ours };
    let cases: Vec<_> = choice.cases().collect();
    if cases.is_empty() {
        return Err("there is no such topic or case".to_owned());
    }
    let objects: Vec<_> = conformance::custom_objects().map(|object| &*object.name).collect();
    let plan = format!(
        "{} cases on {base_url}, workspace `{workspace}`. They make the custom objects {}, others \
         of their own, and records of these and of the built-in objects; all of it is deleted at \
         the end.",
        cases.len(),
        objects.join(", "),
    );
    say(&plan);
    if dry_run {
        for case in cases {
            match choice.skips(case) {
                None => say(format!("would show  {}", case.path())),
                Some(reason) => say(format!("would skip  {}: {reason}", case.path())),
            }
        }
        return Ok(true);
    }
    let world = world(&base_url, &workspace)?;
    let run = Run::begin(world, contract.map(Contract::from), choice).await?;
    say(format!("The service speaks the {:?} contract.", run.contract()));
    if !yes && !agreed()? {
        return Err("nothing was sent but questions".to_owned());
    }
    let interrupted = interruptions().map_err(|error| error.to_string())?;
    let went_well = tokio::select! {
        shown = show_all(&run, &cases) => shown,
        () = interrupted.notified() => {
            say("interrupted");
            Ok(false)
        }
    };
    let left = tokio::select! {
        left = run.clear() => left,
        () = interrupted.notified() => run.left(),
    };
    report(&left);
    for grown in run.grown().await {
        say(format!("more records than before, perhaps somebody else's: {grown}"));
    }
    Ok(went_well? && left.is_nothing())
}

fn world(base_url: &str, workspace: &str) -> Result<World, String> {
    let key = std::env::var("CLARIFY_API_KEY").unwrap_or_default();
    let client = Client::builder(workspace).api_key(&*key).base_url(base_url);
    client.build().map_err(|error| error.to_string())?;
    let base = base_url.trim_end_matches('/');
    let base = match (base.contains("/workspaces/"), base.ends_with("/v1")) {
        (true, _) => base.to_owned(),
        (false, true) => format!("{base}/workspaces/{workspace}"),
        (false, false) => format!("{base}/v1/workspaces/{workspace}"),
    };
    Ok(World::at(base, workspace, &key))
}

fn agreed() -> Result<bool, String> {
    if !io::stdin().is_terminal() {
        return Err("nobody is there to be asked: say --yes".to_owned());
    }
    print!("Begin? [y/N] ");
    let mut answer = String::new();
    io::stdout()
        .flush()
        .and_then(|()| io::stdin().read_line(&mut answer))
        .map_err(|e| e.to_string())?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

/// Says a line. Where nobody reads it any more, because a terminal was closed, what was made is to be
/// deleted all the same.
fn say(line: impl Display) {
    let _ = writeln!(io::stdout(), "{line}");
}

/// Notified each time that somebody wants it to end.
fn interruptions() -> io::Result<Arc<Notify>> {
    let notify = Arc::new(Notify::new());
    #[cfg(unix)]
    for kind in [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()] {
        let (mut signals, notify) = (signal(kind)?, Arc::clone(&notify));
        tokio::spawn(async move {
            while signals.recv().await.is_some() {
                notify.notify_one();
            }
        });
    }
    #[cfg(not(unix))]
    {
        let notify = Arc::clone(&notify);
        tokio::spawn(async move {
            while tokio::signal::ctrl_c().await.is_ok() {
                notify.notify_one();
            }
        });
    }
    Ok(notify)
}

async fn show_all(run: &Run, cases: &[&clarify_tests::cases::Case]) -> Result<bool, String> {
    run.set_up().await?;
    let [mut shown, mut failed, mut skipped] = [0; 3];
    for case in cases {
        let path = case.path();
        match run.show(case).await {
            Outcome::Shown => {
                shown += 1;
                say(format!("ok       {path}"));
            }
            Outcome::Failed(line) => {
                failed += 1;
                say(format!("failed   {path} [{}]: {line}", case.source.name()));
            }
            Outcome::Skipped(reason) => {
                skipped += 1;
                say(format!("skipped  {path}: {reason}"));
            }
        }
    }
    say(format!("{shown} ok, {failed} failed, {skipped} skipped"));
    Ok(failed == 0)
}

fn report(left: &Left) {
    if left.is_nothing() {
        say("nothing is left behind");
    }
    for object in &left.objects {
        say(format!("left behind: object {object}"));
    }
    for (object, id) in &left.records {
        say(format!("left behind: {object} {id}"));
    }
    for request in &left.unsure {
        say(format!("perhaps left behind, as no answer came: {request}"));
    }
}
