//! Lines, ellipses, polygons and letters, pixel by pixel as MicroPython draws them.

use super::font;
use super::pixels::Shape;

/// A picture that is drawn on.
pub(super) struct Canvas<'a> {
    pub(super) shape: Shape,
    pub(super) bytes: &'a mut [u8],
    pub(super) colour: u32,
}

/// What of an ellipse is drawn: quadrants counted from the upper right against the clock, and whether they are filled.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts {
    pub(super) quadrants: [bool; 4],
    pub(super) filled: bool,
}

impl Canvas<'_> {
    pub(super) fn dot(&mut self, x: i64, y: i64) {
        self.shape.set(self.bytes, (x, y), self.colour);
    }

    /// A rectangle, filled.
    pub(super) fn block(&mut self, (x, y): (i64, i64), (width, height): (i64, i64)) {
        let columns = x.max(0)..(x + width).min(self.shape.width);
        for y in y.max(0)..(y + height).min(self.shape.height) {
            for x in columns.clone() {
                self.dot(x, y);
            }
        }
    }

    /// A rectangle's four sides.
    pub(super) fn frame(&mut self, (x, y): (i64, i64), (width, height): (i64, i64)) {
        self.block((x, y), (width, 1));
        self.block((x, y + height - 1), (width, 1));
        self.block((x, y), (1, height));
        self.block((x + width - 1, y), (1, height));
    }

    /// Bresenham's line, whose far end is always set.
    pub(super) fn line(&mut self, from: (i64, i64), to: (i64, i64)) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let steep = dy.abs() > dx.abs();
        // Along the longer way one step at a time, across it when the error says so.
        let swap = |(a, b): (i64, i64)| if steep { (b, a) } else { (a, b) };
        let (mut along, mut across) = swap(from);
        let (long, short) = swap((dx, dy));
        let step = |d: i64| if d > 0 { 1 } else { -1 };
        let mut error = 2 * short.abs() - long.abs();
        for _ in 0..long.abs() {
            let (x, y) = swap((along, across));
            self.dot(x, y);
            if error >= 0 {
                across += step(short);
                error -= 2 * long.abs();
            }
            along += step(long);
            error += 2 * short.abs();
        }
        self.dot(to.0, to.1);
    }

    fn mirrored(&mut self, (cx, cy): (i64, i64), (x, y): (i64, i64), parts: Parts) {
        let corners = [(x, -y), (-x, -y), (-x, y), (x, y)];
        for ((x, y), _) in corners.into_iter().zip(parts.quadrants).filter(|(_, wanted)| *wanted) {
            if parts.filled {
                self.block((cx + x.min(0), cy + y), (x.abs() + 1, 1));
            } else {
                self.dot(cx + x, cy + y);
            }
        }
    }

    /// Kennedy's ellipse with integers: first where it is steep, from its right end up, then where it is flat, from its top.
    pub(super) fn ellipse(&mut self, centre: (i64, i64), (a, b): (i64, i64), parts: Parts) {
        if (a, b) == (0, 0) {
            if parts.quadrants.contains(&true) {
                self.dot(centre.0, centre.1);
            }
            return;
        }
        self.arc(centre, (a, b), false, parts);
        self.arc(centre, (b, a), true, parts);
    }

    /// One half of the quadrant; `radii` are of the axis from whose end it starts, and of the other.
    fn arc(&mut self, centre: (i64, i64), radii: (i64, i64), flat: bool, parts: Parts) {
        let (far, near) = (i128::from(radii.0), i128::from(radii.1));
        let (two_far, two_near) = (2 * far * far, 2 * near * near);
        let (mut falling, mut rising) = (radii.0, 0i64);
        let (mut fall, mut rise) = (near * near * (1 - 2 * far), far * far);
        let (mut error, mut stop_fall, mut stop_rise) = (0i128, two_near * far, 0i128);
        while stop_fall >= stop_rise {
            let point = if flat { (rising, falling) } else { (falling, rising) };
            self.mirrored(centre, point, parts);
            rising += 1;
            stop_rise += two_far;
            error += rise;
            rise += two_far;
            if 2 * error + fall > 0 {
                falling -= 1;
                stop_fall -= two_near;
                error += fall;
                fall += two_near;
            }
        }
    }

    /// The sides of a polygon, the last point joined to the first.
    pub(super) fn outline(&mut self, (x, y): (i64, i64), points: &[(i64, i64)]) {
        for (a, b) in sides(points) {
            self.line((x + a.0, y + a.1), (x + b.0, y + b.1));
        }
    }

    /// A polygon, row by row between where its sides cross the row.
    /// Crossings are rounded where the polygon is described, before it is moved to its place.
    pub(super) fn polygon(&mut self, (x, y): (i64, i64), points: &[(i64, i64)]) {
        let rows = points.iter().map(|(_, y)| *y);
        let (Some(top), Some(bottom)) = (rows.clone().min(), rows.max()) else { return };
        for row in top.max(-y)..=bottom.min(self.shape.height - 1 - y) {
            let mut crossings = Vec::new();
            for (a, b) in sides(points) {
                // The lower end of a side belongs to the next one, so that no crossing counts twice.
                if (a.1 > row) != (b.1 > row) {
                    crossings.push((32 * a.0 + 32 * (b.0 - a.0) * (row - a.1) / (b.1 - a.1) + 16) / 32);
                } else if row == a.1.max(b.1) {
                    // What is lost by that at a lowest point.
                    match a.1.cmp(&b.1) {
                        std::cmp::Ordering::Less => self.dot(x + b.0, y + b.1),
                        std::cmp::Ordering::Greater => self.dot(x + a.0, y + a.1),
                        std::cmp::Ordering::Equal => self.line((x + a.0, y + a.1), (x + b.0, y + b.1)),
                    }
                }
            }
            crossings.sort_unstable();
            for pair in crossings.chunks_exact(2) {
                self.block((x + pair[0], y + row), (pair[1] - pair[0] + 1, 1));
            }
        }
    }

    /// Letters of eight by eight pixels.
    pub(super) fn text(&mut self, text: &[u8], (x, y): (i64, i64)) {
        let mut left = x;
        for byte in text {
            if (-8..self.shape.width).contains(&left) {
                for (column, bits) in (left..).zip(font::glyph(*byte).to_be_bytes()) {
                    for row in (0..8).filter(|row| bits >> row & 1 == 1) {
                        self.dot(column, y + row);
                    }
                }
            }
            left += 8;
        }
    }

    /// Moves the picture; what nothing comes to stays.
    pub(super) fn scroll(&mut self, dx: i64, dy: i64) {
        let (width, height) = (self.shape.width, self.shape.height);
        if dx.abs() >= width || dy.abs() >= height {
            return;
        }
        let before = self.bytes.to_vec();
        for y in dy.max(0)..(height + dy).min(height) {
            for x in dx.max(0)..(width + dx).min(width) {
                if let Some(colour) = self.shape.get(&before, x - dx, y - dy) {
                    self.shape.set(self.bytes, (x, y), colour);
                }
            }
        }
    }
}

/// From the first point back to it, the last one first.
fn sides(points: &[(i64, i64)]) -> impl Iterator<Item = ((i64, i64), (i64, i64))> {
    let starts = points.first().into_iter().chain(points.iter().rev());
    starts.copied().zip(points.iter().rev().copied())
}
