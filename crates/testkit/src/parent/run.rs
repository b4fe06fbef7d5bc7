//! A whole run, from the command line's options to the exit status.

#![expect(clippy::disallowed_methods, reason = "the parent of tests is of the host")]

use crate::events::{Event, Fixture, Item, Verdict, When, Why};
use crate::exit_code;
use crate::parent::cache::Cache;
use crate::parent::discover::Found;
use crate::parent::execute::{Common, Jobs};
use crate::parent::options::Options;
use crate::parent::reporter::json::Json;
use crate::parent::reporter::pretty::Pretty;
use crate::parent::reporter::{Category, FileOutcome, Results, junit};
use crate::parent::select::Condition;
use crate::parent::stop::Stop;
use crate::parent::{discover, select};
use quecpy_net::process::reason;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

/// Tests, and returns the exit status. `stop` is for Ctrl-C.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "how long tests take is told in the host's time")]
pub fn run(mut options: Options, stop: &Stop) -> u8 {
    let begin = Instant::now();
    let printer = options.style.printer.clone();
    let usage = |text: &str| {
        printer.err(&format!("ERROR: {text}\n\n"));
        exit_code::USAGE
    };
    let condition = |flag: &str, text: &Option<String>| match text.as_deref().map(Condition::parse) {
        None => Ok(Condition::Always),
        Some(Ok(condition)) => Ok(condition),
        Some(Err(e)) => {
            Err(format!("Wrong expression passed to '{flag}': {}: {e}", text.as_deref().unwrap_or_default()))
        }
    };
    let conditions = condition("-k", &options.keyword).and_then(|k| Ok((k, condition("-m", &options.marks)?)));
    let (keyword, marks) = match conditions {
        Ok(conditions) => conditions,
        Err(text) => return usage(&text),
    };
    let found = match discover::find(&options.here, &options.arguments, options.root.as_deref(), &options.overrides) {
        Ok(found) => found,
        Err(text) => return usage(&text),
    };
    options.setup.strict_xfail |= found.settings.strict_xfail;
    options.setup.timeout = options.setup.timeout.or(found.settings.timeout);
    options.setup.verbose = options.style.verbose;
    let mut json = match options.json.as_deref().map(|path| Json::create(path, &printer)).transpose() {
        Ok(json) => json,
        Err(e) => {
            let path = options.json.as_deref().unwrap_or(Path::new("")).display();
            return usage(&format!("cannot write the report {path}: {}", reason(&e)));
        }
    };
    let mut run = Run {
        pretty: Pretty::new(options.style.clone()),
        results: Results::default(),
        cache: Cache::read(&found.root),
        json: json.as_mut(),
        options: &options,
        found: &found,
        keyword,
        marks,
        fixtures: Vec::new(),
    };
    let status = run.all(stop, begin);
    if let Some(json) = &mut json {
        json.line(&serde_json::json!({"event": "end", "exit": status}));
    }
    status
}

struct Run<'a> {
    pretty: Pretty,
    results: Results,
    cache: Cache,
    json: Option<&'a mut Json>,
    options: &'a Options,
    found: &'a Found,
    keyword: Condition,
    marks: Condition,
    /// `--fixtures`
    fixtures: Vec<Fixture>,
}

/// Tests of one file: the file's number, and their places in what was collected.
type Selected = Vec<(usize, Vec<(usize, Item)>)>;

impl Run<'_> {
    fn all(&mut self, stop: &Stop, begin: Instant) -> u8 {
        let options = self.options;
        self.pretty.start(&self.about());
        let common = Common {
            program: options.program.clone(),
            root: self.found.root.clone(),
            here: options.here.clone(),
            project: options.project.clone(),
            conftests_from: options.conftests_from.as_ref().map(|f| discover::normal(&options.here.join(f))),
            jobs: options.jobs.max(1),
            setup: options.setup.clone(),
        };
        let jobs = Jobs::new(self.found.files.clone(), common);
        let selected = match self.collect(&jobs, stop) {
            Ok(selected) => selected,
            Err(status) => return status,
        };
        if options.collect_only && stop.is_interrupted() {
            return exit_code::INTERRUPTED;
        }
        if options.collect_only {
            self.results.seconds = begin.elapsed().as_secs_f64();
            if options.setup.fixtures {
                self.pretty.fixtures(&self.fixtures, &self.results);
            } else {
                self.pretty.tree(&self.results);
            }
            return match (self.results.errors.is_empty(), self.results.items.is_empty()) {
                (false, _) => exit_code::INTERRUPTED,
                (true, true) => exit_code::NOTHING,
                (true, false) => exit_code::OK,
            };
        }
        let errors = self.results.errors.len();
        let mut status = None;
        if self.results.stopped.is_some() {
            status = Some(exit_code::INTERRUPTED);
        } else if errors > 0 && !options.go_on_after_errors {
            let plural = if errors == 1 { "" } else { "s" };
            self.results.stopped = Some(format!("Interrupted: {errors} error{plural} during collection"));
            status = Some(exit_code::INTERRUPTED);
        } else {
            self.pretty.begin();
            status = self.tests(&jobs, selected, stop).or(status);
        }
        self.results.seconds = begin.elapsed().as_secs_f64();
        let written = self.write_junit(begin);
        let notes: Vec<String> = written.iter().flatten().cloned().collect();
        self.pretty.end(&self.results, &notes);
        self.remember();
        if let Err(lost) = written {
            options.style.printer.err(&format!("INTERNALERROR> {lost}\n"));
            return exit_code::INTERNAL;
        }
        status.unwrap_or_else(|| self.status())
    }

    fn status(&self) -> u8 {
        let bad = self.results.count(Category::Failed) + self.results.count(Category::Error);
        if bad > 0 {
            exit_code::FAILED
        } else if self.results.reports.is_empty() && self.results.items.is_empty() {
            exit_code::NOTHING
        } else {
            exit_code::OK
        }
    }

    fn about(&self) -> Vec<String> {
        let mut lines =
            vec![format!("platform quecpy {} -- firmware {}", env!("CARGO_PKG_VERSION"), self.options.setup.firmware)];
        lines.push(format!("rootdir: {}", self.found.root.display()));
        if let Some(config) = &self.found.config {
            lines.push(format!("configfile: {}", discover::relative(config, &self.found.root)));
        }
        if !self.found.settings.paths.is_empty() && self.options.arguments.is_empty() {
            lines.push(format!("testpaths: {}", self.found.settings.paths.join(", ")));
        }
        if self.options.jobs > 1 {
            lines.push(format!("{} workers", self.options.jobs));
        }
        if let Some(timeout) = self.options.setup.timeout {
            lines.push(format!("timeout: {timeout:.1}s"));
        }
        lines
    }

    fn collect(&mut self, jobs: &Jobs, stop: &Stop) -> Result<Selected, u8> {
        let mut events: Vec<Option<Event>> = vec![None; self.found.files.len()];
        for (number, event) in jobs.collect(stop) {
            if let Some(json) = &mut self.json {
                json.tell(&self.found.files[number].id, &event);
            }
            match event {
                Event::Output { error, text } => self.pretty.output(error, &text),
                Event::Fixtures { fixtures } => {
                    for fixture in fixtures {
                        if !self.fixtures.contains(&fixture) {
                            self.fixtures.push(fixture);
                        }
                    }
                }
                event => events[number] = Some(event),
            }
        }
        let mut per_file: Selected = Vec::new();
        for (number, event) in events.into_iter().enumerate() {
            let id = self.found.files[number].id.clone();
            match event {
                Some(Event::Collected { items, error, skipped, sections }) => {
                    if let Some(why) = error {
                        self.results.errors.push(FileOutcome { id, why, sections });
                    } else if let Some(why) = skipped {
                        self.results.skipped.push(FileOutcome { id, why, sections: Vec::new() });
                    } else {
                        per_file.push((number, items.into_iter().enumerate().collect()));
                    }
                }
                Some(Event::Exit { reason, code }) => {
                    self.results.stopped = Some(format!("_pytest.outcomes.Exit: {reason}"));
                    if let Some(code) = code {
                        self.pretty.line(&format!("!!! {reason} !!!"));
                        return Err(u8::try_from(code).unwrap_or(exit_code::INTERRUPTED));
                    }
                }
                _ if stop.is_set() => {}
                _ => {
                    let text = "the worker ended without a word".to_owned();
                    let why = Why { message: text.clone(), text, ..Why::default() };
                    self.results.errors.push(FileOutcome { id, why, sections: Vec::new() });
                }
            }
        }
        self.asked_for(&mut per_file)?;
        self.results.collected = per_file.iter().map(|(_, items)| items.len()).sum();
        self.select(&mut per_file);
        self.order(&mut per_file);
        per_file.retain(|(_, items)| !items.is_empty());
        self.results.items = per_file.iter().flat_map(|(_, items)| items.iter().map(|(_, i)| i.clone())).collect();
        self.results.deselected = self.results.collected - self.results.items.len();
        self.pretty.collected(&self.results);
        Ok(per_file)
    }

    /// Keeps what node ids on the command line name.
    fn asked_for(&self, per_file: &mut Selected) -> Result<(), u8> {
        for (number, items) in per_file {
            let file = &self.found.files[*number];
            for wanted in &file.wanted {
                if !items.iter().any(|(_, item)| select::is_within(&item.id, wanted)) {
                    self.options.style.printer.err(&format!(
                        "ERROR: not found: {}\n(no match in any of [<Module {}>])\n\n",
                        self.found.root.join(wanted).display(),
                        file.id.rsplit('/').next().unwrap_or(&file.id)
                    ));
                    return Err(exit_code::USAGE);
                }
            }
            if !file.wanted.is_empty() {
                items.retain(|(_, item)| file.wanted.iter().any(|w| select::is_within(&item.id, w)));
            }
        }
        Ok(())
    }

    fn select(&self, per_file: &mut Selected) {
        let known: BTreeSet<&str> =
            per_file.iter().flat_map(|(_, items)| items.iter().map(|(_, i)| i.id.as_str())).collect();
        let failed_here: BTreeSet<String> =
            self.cache.failed.iter().filter(|id| known.contains(id.as_str())).cloned().collect();
        let only_failed = self.options.last_failed && !failed_here.is_empty();
        for (_, items) in per_file {
            items.retain(|(_, item)| {
                select::keyword(&self.keyword, &item.keywords)
                    && select::mark(&self.marks, &item.marks)
                    && !self.options.deselect.iter().any(|d| item.id.starts_with(d.as_str()))
                    && (!only_failed || failed_here.contains(&item.id))
            });
        }
    }

    /// `--ff`: what failed the last time goes first.
    fn order(&self, per_file: &mut Selected) {
        if !self.options.failed_first {
            return;
        }
        let passed = |item: &Item| !self.cache.failed.contains(&item.id);
        for (_, items) in per_file.iter_mut() {
            items.sort_by_key(|(_, item)| passed(item));
        }
        per_file.sort_by_key(|(_, items)| items.iter().all(|(_, item)| passed(item)));
    }

    fn tests(&mut self, jobs: &Jobs, selected: Selected, stop: &Stop) -> Option<u8> {
        let mut left: Vec<usize> = vec![0; self.found.files.len()];
        for (number, items) in &selected {
            left[*number] = items.len();
        }
        let mut status = None;
        for (number, event) in jobs.run(selected, stop.clone()) {
            if let Some(json) = &mut self.json {
                json.tell(&self.found.files[number].id, &event);
            }
            match event {
                Event::Start { id } => self.pretty.test_starts(&id),
                Event::Report(report) => {
                    self.pretty.report(&report);
                    let ends = report.when == When::Teardown;
                    self.results.reports.push(report);
                    if ends {
                        left[number] = left[number].saturating_sub(1);
                        if left[number] == 0 && !stop.is_set() {
                            self.pretty.file_ends(left.iter().all(|n| *n == 0));
                        }
                    }
                }
                Event::Output { error, text } => self.pretty.output(error, &text),
                Event::Left { id, what } => self.results.left.push(format!("{id}: {what}")),
                Event::Exit { reason, code } => {
                    self.results.stopped = Some(format!("_pytest.outcomes.Exit: {reason}"));
                    status = Some(code.and_then(|c| u8::try_from(c).ok()).unwrap_or(exit_code::INTERRUPTED));
                }
                _ => {}
            }
        }
        if !stop.is_set() {
            self.pretty.file_ends(true);
        }
        if self.results.stopped.is_none() && stop.is_set() {
            if stop.is_interrupted() {
                self.results.stopped = Some("KeyboardInterrupt".into());
                return Some(exit_code::INTERRUPTED);
            }
            let most = self.options.most_failures;
            self.results.stopped = Some(format!("stopping after {most} failures"));
        }
        status
    }

    /// Writes the JUnit file, if there is to be one; returns what to say of it.
    fn write_junit(&mut self, begin: Instant) -> Result<Option<String>, String> {
        let Some(path) = self.options.junit.as_ref() else { return Ok(None) };
        let start = jiff::Timestamp::now() - begin.elapsed();
        let start = start.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string();
        let text = junit::document(&self.results, &self.options.here, &start, "localhost");
        let path = self.options.here.join(path);
        if let Some(folder) = path.parent() {
            // Whether that worked is seen when the file is written.
            let _ = std::fs::create_dir_all(folder);
        }
        std::fs::write(&path, text).map_err(|e| format!("cannot write {}: {}", path.display(), reason(&e)))?;
        Ok((self.options.style.verbose >= 0).then(|| format!("generated xml file: {}", path.display())))
    }

    /// What failed is kept for `--lf`; what was not run stays as it was.
    fn remember(&mut self) {
        if self.options.no_cache {
            return;
        }
        for report in &self.results.reports {
            match (report.outcome, report.when) {
                (Verdict::Failed, _) => {
                    self.cache.failed.insert(report.id.clone());
                }
                (Verdict::Passed, When::Call) | (Verdict::Skipped, _) => {
                    self.cache.failed.remove(&report.id);
                }
                _ => {}
            }
        }
        self.cache.write(&self.found.root);
    }
}
