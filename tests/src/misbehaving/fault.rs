//! What can go wrong, and when it does.

use std::time::Duration;

/// One thing that goes wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It takes so much longer; then the next fault's rule has its turn. A request that its client
    /// no longer waits for is carried out all the same.
    Latency(Duration),
    /// 429, with this text as `Retry-After`: seconds, an HTTP date, or nonsense.
    TooMany {
        /// The header's text; no header where there is none.
        retry_after: Option<String>,
    },
    /// 500 with an error document, before anything was done.
    ServerError,
    /// 500 with an error document, after the request was carried out.
    ServerErrorAfterCommit,
    /// 502 with a page of a proxy that can't reach the service.
    BadGateway,
    /// 504 with a page of a proxy that waited too long, after the request was carried out.
    GatewayTimeoutAfterCommit,
    /// The connection is reset as soon as the head of the request is there.
    CloseBeforeReading,
    /// The request is read to its end, and the connection closed.
    CloseAfterReading,
    /// The request is carried out, its answer thrown away and the connection closed.
    CloseAfterCommit,
    /// The request is carried out; of the answer come the head and half of the body, or half of the
    /// head where there is no body, and the connection is closed.
    CutAnswer,
    /// The request is carried out; the answer comes to its end, but its body ends in the middle of
    /// the JSON. An answer without a body is left as it is.
    TruncatedJson,
    /// The request is carried out, and the body comes in pieces.
    SlowBody {
        /// How many bytes come at once.
        piece: usize,
        /// How long each piece is waited for, the first one too.
        pause: Duration,
    },
    /// 200 with a page that asks to sign in, in place of the service.
    Page,
}

impl Fault {
    /// Whether the service has carried out the request that met this fault.
    #[must_use]
    pub const fn carried_out(&self) -> bool {
        match self {
            Self::Latency(_)
            | Self::ServerErrorAfterCommit
            | Self::GatewayTimeoutAfterCommit
            | Self::CloseAfterCommit
            | Self::CutAnswer
            | Self::TruncatedJson
            | Self::SlowBody { .. } => true,
            Self::TooMany { .. }
            | Self::ServerError
            | Self::BadGateway
            | Self::CloseBeforeReading
            | Self::CloseAfterReading
            | Self::Page => false,
        }
    }

    /// Whether the client gets no whole answer, because the connection is closed before.
    #[must_use]
    pub const fn closes(&self) -> bool {
        matches!(
            self,
            Self::CloseBeforeReading
                | Self::CloseAfterReading
                | Self::CloseAfterCommit
                | Self::CutAnswer
        )
    }
}

/// Which requests meet a fault, of those on its route.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum On {
    /// All of them.
    Every,
    /// This share of them, from 0 to 1, as the seed has it.
    Share(f64),
    /// The one with this number, from 0 on.
    Nth(u64),
    /// The first ones, so many.
    First(u64),
}
