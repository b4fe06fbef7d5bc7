//! Which files of a crate a file takes names from: its `use` lines and the paths in its code, tests left out.

use std::collections::{BTreeMap, BTreeSet};
use syn::visit::{self, Visit};
use syn::{Attribute, File, Item, ItemMod, ItemUse, UseTree, Visibility};

/// A path from the crate's root: modules, then a name.
pub type Route = Vec<String>;

/// What one file says.
#[derive(Debug, Default)]
pub struct Imports {
    /// What it names.
    pub routes: BTreeSet<Route>,
    /// What it hands on by `pub use`: its name, and where that comes from.
    pub handed_on: BTreeMap<String, Route>,
}

impl Imports {
    /// Of the file that is this module.
    pub fn of(file: &File, module: &[String]) -> Self {
        let mut walk =
            Walk { here: module.to_vec(), top: module.len(), children: children(file), found: Self::default() };
        walk.visit_file(file);
        walk.found
    }
}

/// Modules in files of their own.
fn children(file: &File) -> BTreeSet<String> {
    let name = |item: &Item| match item {
        Item::Mod(ItemMod { content: None, ident, .. }) => Some(ident.to_string()),
        _ => None,
    };
    file.items.iter().filter_map(name).collect()
}

struct Walk {
    here: Route,
    /// Modules of the file itself.
    top: usize,
    children: BTreeSet<String>,
    found: Imports,
}

impl Walk {
    /// From the root; nothing for what is of another crate, or a local name.
    fn route(&self, path: &[String]) -> Option<Route> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => Some([self.here.as_slice(), rest].concat()),
            "super" => {
                let ups = path.iter().take_while(|part| *part == "super").count();
                let kept = self.here.len().checked_sub(ups)?;
                Some([&self.here[..kept], &path[ups..]].concat())
            }
            name if self.here.len() == self.top && self.children.contains(name) => {
                Some([self.here.as_slice(), path].concat())
            }
            _ => None,
        }
    }

    fn leaves(tree: &UseTree, before: &[String], found: &mut Vec<(String, Route)>) {
        let with = |name: String| [before, &[name]].concat();
        match tree {
            UseTree::Path(path) => Self::leaves(&path.tree, &with(path.ident.to_string()), found),
            UseTree::Name(name) if name.ident == "self" => {
                found.push((before.last().cloned().unwrap_or_default(), before.to_vec()));
            }
            UseTree::Name(name) => found.push((name.ident.to_string(), with(name.ident.to_string()))),
            UseTree::Rename(to) => found.push((to.rename.to_string(), with(to.ident.to_string()))),
            UseTree::Glob(_) => found.push((String::new(), before.to_vec())),
            UseTree::Group(group) => group.items.iter().for_each(|tree| Self::leaves(tree, before, found)),
        }
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    let test = |a: &Attribute| a.path().is_ident("cfg") && a.parse_args::<syn::Ident>().is_ok_and(|i| i == "test");
    attributes.iter().any(test)
}

impl<'a> Visit<'a> for Walk {
    fn visit_item_mod(&mut self, module: &'a ItemMod) {
        if is_test(&module.attrs) {
            return;
        }
        self.here.push(module.ident.to_string());
        visit::visit_item_mod(self, module);
        self.here.pop();
    }

    fn visit_item_use(&mut self, item: &'a ItemUse) {
        if is_test(&item.attrs) {
            return;
        }
        let mut leaves = Vec::new();
        Self::leaves(&item.tree, &[], &mut leaves);
        for (name, path) in leaves {
            let Some(route) = self.route(&path) else { continue };
            if self.here.len() == self.top && !matches!(item.vis, Visibility::Inherited) {
                self.found.handed_on.insert(name, route.clone());
            }
            self.found.routes.insert(route);
        }
    }

    /// Where something may be seen is no name that is taken.
    fn visit_vis_restricted(&mut self, _: &'a syn::VisRestricted) {}

    fn visit_path(&mut self, path: &'a syn::Path) {
        let parts: Vec<_> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        if parts.len() > 1 {
            self.found.routes.extend(self.route(&parts));
        }
        visit::visit_path(self, path);
    }
}
