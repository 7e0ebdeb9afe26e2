//! Chance that comes out the same each time.

/// A number from 0 up to 1 that depends on all of these alone. Requests of many connections come in
/// any order, so nothing is drawn from a generator that they would share.
pub(super) fn draw(parts: &[u64]) -> f64 {
    const STEPS: f64 = (1_u64 << 53) as f64;
    (mix(parts) >> 11) as f64 / STEPS
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
