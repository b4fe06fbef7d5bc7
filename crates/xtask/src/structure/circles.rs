//! Circles: files of a crate that take names from each other.

use super::files::shown;
use super::imports::{Imports, Route};
use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

/// More steps than any chain of `pub use` has.
const STEPS: usize = 8;

/// From file to file, with the names that the first takes.
type Arrows = DiGraphMap<usize, BTreeSet<String>>;

/// Those of one crate, a line each.
///
/// # Errors
/// Those of reading the sources; a file that is no Rust.
pub fn of_crate(folder: &Path, files: &[PathBuf]) -> io::Result<Vec<String>> {
    let mut modules = BTreeMap::new();
    for file in files {
        let module = module(folder, file);
        let tree = syn::parse_file(&std::fs::read_to_string(file)?);
        let tree = tree.map_err(|e| io::Error::other(format!("{}: {e}", shown(file))))?;
        modules.insert(module.clone(), Imports::of(&tree, &module));
    }
    let names: Vec<_> = modules.keys().collect();
    let mut graph = Arrows::new();
    for (from, imports) in modules.values().enumerate() {
        for route in &imports.routes {
            let to = home(route, &modules).and_then(|home| names.iter().position(|name| **name == home));
            let Some(to) = to.filter(|to| *to != from) else { continue };
            let mut taken = graph.remove_edge(from, to).unwrap_or_default();
            taken.extend(route.last().cloned());
            graph.add_edge(from, to, taken);
        }
    }
    let circles = tarjan_scc(&graph).into_iter().filter(|files| files.len() > 1);
    Ok(circles.map(|circle| told(folder, &circle, &names, &graph)).collect())
}

/// A file's module, from the crate's root.
fn module(folder: &Path, file: &Path) -> Route {
    let path = file.strip_prefix(folder).unwrap_or(file).with_extension("");
    let mut parts: Route = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if parts.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
        parts.pop();
    }
    parts
}

/// The file in which a name is written, behind those that hand it on.
fn home(route: &Route, modules: &BTreeMap<Route, Imports>) -> Option<Route> {
    let mut route = route.clone();
    for _ in 0..STEPS {
        let depth = (0..=route.len()).rev().find(|n| modules.contains_key(&route[..*n]))?;
        let (file, rest) = route.split_at(depth);
        let next = rest.first().and_then(|name| modules[file].handed_on.get(name)).filter(|next| **next != route);
        match next {
            Some(next) => route = [next.as_slice(), &rest[1..]].concat(),
            None => return Some(file.to_vec()),
        }
    }
    None
}

fn told(folder: &Path, circle: &[usize], names: &[&Route], graph: &Arrows) -> String {
    let name = |n: usize| if names[n].is_empty() { "the root".to_owned() } else { names[n].join("::") };
    let within = graph.all_edges().filter(|(from, to, _)| circle.contains(from) && circle.contains(to));
    let line = |(from, to, taken): (usize, usize, &BTreeSet<String>)| {
        let taken: Vec<_> = taken.iter().map(String::as_str).collect();
        format!("    {} takes {} from {}", name(from), taken.join(", "), name(to))
    };
    let mut lines: Vec<_> = within.map(line).collect();
    lines.sort();
    format!("{}: a circle of {} files\n{}", shown(folder), circle.len(), lines.join("\n"))
}
