//! `cargo xtask api`: which of QuecPython's public names are there. The list is `tests/specs/api/quecpython-api.tsv`,
//! the answer `COVERAGE.md` beside it.

mod data;
mod list;
mod probe;
mod report;
mod state;

use state::State;

/// What the task writes.
pub(crate) const COVERAGE: &str = "tests/specs/api/COVERAGE.md";

/// The list's names and how it stands with each.
fn states() -> std::io::Result<Vec<(list::Name, State)>> {
    let names = list::read(&crate::repository::top())?;
    let states = probe::states(&names)?;
    Ok(names.into_iter().zip(states).collect())
}

/// The text of [`COVERAGE`].
pub(crate) fn coverage() -> std::io::Result<String> {
    Ok(report::text(&states()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lacking(module: &str, states: &[(list::Name, State)]) -> Vec<String> {
        let of = states.iter().filter(|(n, s)| n.module_file() == module && *s == State::Missing);
        of.map(|(name, _)| name.to_string()).collect()
    }

    #[test]
    fn the_committed_coverage_is_true() {
        let committed = std::fs::read_to_string(crate::repository::top().join(COVERAGE)).unwrap().replace("\r\n", "\n");
        assert!(coverage().unwrap() == committed, "{COVERAGE} is not true any more: run `cargo xtask api`");
    }

    #[test]
    fn complete_modules_stay_complete() {
        let states = states().unwrap();
        for module in data::COMPLETE {
            assert!(states.iter().any(|(n, _)| n.module_file() == *module), "the list has no module {module}");
            assert_eq!(lacking(module, &states), Vec::<String>::new(), "{module} lacks names");
        }
    }

    #[test]
    fn the_share_of_names_stays() {
        let states = states().unwrap();
        let there = states.iter().filter(|(_, s)| matches!(s, State::There | State::Unsimulated)).count();
        assert!(there * 100 >= states.len() * data::LEAST_PERCENT, "{there} of {}", states.len());
    }

    #[test]
    fn every_remark_is_about_a_name_of_the_list() {
        let names = list::read(&crate::repository::top()).unwrap();
        for (module, head, _) in data::MEANS {
            assert!(names.iter().any(|n| n.module == *module && n.head() == *head), "{module}.{head}");
        }
        for (module, name, _) in data::DENIED {
            assert!(names.iter().any(|n| n.module == *module && n.name == *name), "{module}.{name}");
        }
    }
}
