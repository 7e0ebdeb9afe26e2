//! Answers on their way to the client, or on half of it.

use std::io;
use std::time::Duration;

use super::fault::Fault;
use super::message::Response;
use super::peer::Peer;
use super::seen::Visit;

/// Sends an answer as the fault has it, and says whether the connection lives on.
pub(super) async fn deliver(
    client: &mut Peer,
    visit: &Visit<'_>,
    answer: Response,
    fault: Option<&Fault>,
    keep_open: bool,
) -> io::Result<bool> {
    if matches!(fault, Some(Fault::CloseAfterReading | Fault::CloseAfterCommit)) {
        visit.leave();
        return Ok(false);
    }
    visit.note(|seen| seen.answered = Some(answer.status.as_u16()));
    match fault {
        Some(Fault::CutAnswer) => cut(client, visit, &answer).await,
        Some(Fault::SlowBody { piece, pause }) => {
            slowly(client, visit, &answer, (*piece, *pause)).await?;
            Ok(keep_open)
        }
        Some(Fault::TruncatedJson) => whole(client, visit, &truncated(answer), keep_open).await,
        _ => whole(client, visit, &answer, keep_open).await,
    }
}

async fn whole(
    client: &mut Peer,
    visit: &Visit<'_>,
    answer: &Response,
    keep_open: bool,
) -> io::Result<bool> {
    let mut bytes = answer.head(!keep_open);
    bytes.extend_from_slice(&answer.body);
    visit.leave();
    client.write(&bytes).await?;
    Ok(keep_open)
}

fn truncated(mut answer: Response) -> Response {
    answer.body.truncate(answer.body.len() / 2);
    answer
}

async fn cut(client: &mut Peer, visit: &Visit<'_>, answer: &Response) -> io::Result<bool> {
    let mut bytes = answer.head(false);
    if answer.body.is_empty() {
        bytes.truncate(bytes.len() / 2);
    }
    bytes.extend_from_slice(&answer.body[..answer.body.len() / 2]);
    visit.leave();
    client.write(&bytes).await?;
    Ok(false)
}

async fn slowly(
    client: &mut Peer,
    visit: &Visit<'_>,
    answer: &Response,
    (piece, pause): (usize, Duration),
) -> io::Result<()> {
    client.write(&answer.head(false)).await?;
    let mut rest = answer.body.clone();
    while !rest.is_empty() {
        tokio::time::sleep(pause).await;
        let next = rest.split_to(piece.clamp(1, rest.len()));
        if rest.is_empty() {
            visit.leave();
        }
        client.write(&next).await?;
    }
    Ok(())
}
