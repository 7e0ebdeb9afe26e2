//! The disk that a benchmark writes to.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use super::median;

/// How long the disk takes to keep a page that was written, in milliseconds: of 100 the median.
pub fn sync_time(folder: &Path) -> f64 {
    let mut file = File::create(folder.join("synced")).unwrap();
    let times = (0..100).map(|_| {
        file.write_all(&[1; 4096]).unwrap();
        let began = Instant::now();
        file.sync_data().unwrap();
        began.elapsed().as_secs_f64() * 1000.0
    });
    median(times.collect())
}
