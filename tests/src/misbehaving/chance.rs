//! Chance that comes out the same each time.

/// A number from 0 up to 1 that depends on all of these alone. Requests of many connections come in
/// any order, so nothing is drawn from a generator that they would share.
pub(super) fn draw(parts: &[u64]) -> f64 {
    const STEPS: f64 = (1_u64 << 53) as f64;
    (mix(parts) >> 11) as f64 / STEPS
}

/// Whether the coin of this seed shows heads for these bytes.
pub(super) fn coin(seed: u64, bytes: &[u8]) -> bool {
    mix(&[seed, hash(bytes)]).is_multiple_of(2)
}

/// The hash of bytes, the same in every run.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// SplitMix64, fed with one number after the other.
fn mix(parts: &[u64]) -> u64 {
    parts.iter().fold(0, |state: u64, part| {
        let z = (state ^ part).wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    })
}
