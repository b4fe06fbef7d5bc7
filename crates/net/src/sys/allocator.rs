//! The host's allocator, counted.

use crate::heap::count;
use std::alloc::{GlobalAlloc, Layout, System};

/// For a program's `#[global_allocator]`: [`heap`](crate::heap) knows then what is taken.
#[derive(Debug)]
pub struct CountingAllocator;

/// A size as a change. No allocation is larger than `isize::MAX`.
fn signed(size: usize) -> isize {
    size.cast_signed()
}

// SAFETY: every call goes to the host's allocator as it came; counting neither allocates nor unwinds.
unsafe impl GlobalAlloc for CountingAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises are those of the host's allocator.
        let memory = unsafe { System.alloc(layout) };
        if !memory.is_null() {
            count(signed(layout.size()));
        }
        memory
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as above.
        let memory = unsafe { System.alloc_zeroed(layout) };
        if !memory.is_null() {
            count(signed(layout.size()));
        }
        memory
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(memory, layout) };
        count(-signed(layout.size()));
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: as above.
        let moved = unsafe { System.realloc(memory, layout, size) };
        if !moved.is_null() {
            count(signed(size) - signed(layout.size()));
        }
        moved
    }
}
