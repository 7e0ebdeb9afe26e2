//! Ctrl-C, while an import runs.

use std::thread;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use tokio::sync::mpsc::{Receiver, channel};

use crate::failure::{Exit, Failure};

/// The first Ctrl-C is told of; the second ends the process, whatever it is at.
pub(super) struct Interrupts(Receiver<()>);

impl Interrupts {
    pub(super) fn new() -> Result<Self, Failure> {
        let (sender, receiver) = channel(1);
        let mut signals = Signals::new([SIGINT, SIGTERM])?;
        thread::spawn(move || {
            for (count, _) in signals.forever().enumerate() {
                if count > 0 {
                    std::process::exit(Exit::Interrupted as i32);
                }
                let _ = sender.blocking_send(());
            }
        });
        Ok(Self(receiver))
    }

    pub(super) async fn next(&mut self) {
        if self.0.recv().await.is_none() {
            std::future::pending::<()>().await;
        }
    }
}
