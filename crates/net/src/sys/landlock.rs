//! Linux: Landlock, by which a thread gives up access to files.

use super::wall::Wall;
use landlock::{
    ABI, Access, AccessFs, BitFlags, LandlockStatus, PathBeneath, PathFd, RestrictionStatus, Ruleset, RulesetAttr,
    RulesetCreatedAttr, RulesetError, RulesetStatus, Scope, make_bitflags,
};
use std::io;
use std::path::PathBuf;

/// Whether threads can be bound here, on kernels that have it.
pub const HAS_WALL: bool = true;

/// What is forbidden wherever it is not allowed: all that this version knows, and of what older kernels do not know they
/// forbid the rest.
const VERSION: ABI = ABI::V9;

const READ: BitFlags<AccessFs> = make_bitflags!(AccessFs::{ReadFile | ReadDir});

/// What a module's flash needs. No devices, no pipes, no links, nothing to execute.
const WRITE: BitFlags<AccessFs> = make_bitflags!(AccessFs::{
    ReadFile | ReadDir | WriteFile | Truncate | MakeReg | MakeDir | RemoveFile | RemoveDir | Refer
});

/// glibc looks up the main thread's stack there, for the VM and the compiler, who keep their distance from its end.
const OWN_MAP: &str = "/proc/self/maps";

/// Binds the calling thread, and those that it starts from now on.
///
/// # Errors
/// Those of the calls. A kernel without Landlock is no error.
pub fn restrict(read: &[PathBuf], write: &[PathBuf]) -> io::Result<Wall> {
    let status = bind(read, write).map_err(io::Error::other)?;
    Ok(match (status.ruleset, status.landlock) {
        (RulesetStatus::NotEnforced, _) => Wall::None,
        (_, LandlockStatus::Available { effective_abi, kernel_abi }) => {
            Wall::Landlock(kernel_abi.unwrap_or(effective_abi as i32))
        }
        _ => Wall::None,
    })
}

fn bind(read: &[PathBuf], write: &[PathBuf]) -> Result<RestrictionStatus, RulesetError> {
    // Signals are not among it: kernels up to 6.14 then forbid them between threads too, and one wakes a blocked call.
    let ruleset =
        Ruleset::default().handle_access(AccessFs::from_all(VERSION))?.scope(Scope::AbstractUnixSocket)?.create()?;
    let rules = |paths: &[PathBuf], rights: BitFlags<AccessFs>| {
        let found: Vec<_> = paths.iter().filter_map(|path| PathFd::new(path).ok()).collect();
        found.into_iter().map(move |path| Ok::<_, RulesetError>(PathBeneath::new(path, rights)))
    };
    let mut ruleset = ruleset.add_rules(rules(read, READ))?.add_rules(rules(write, WRITE))?;
    if let Ok(map) = PathFd::new(OWN_MAP) {
        ruleset = ruleset.add_rule(PathBeneath::new(&map, AccessFs::ReadFile))?;
        // Open for good: else the kernel may make the file anew, and the rule is for this one.
        std::mem::forget(map);
    }
    ruleset.restrict_self()
}
