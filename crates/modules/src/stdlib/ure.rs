//! `ure`: regular expressions (the module contract, std, ure). [`quecpy_formats::re1_5`] says what a pattern means.

pub(crate) use ure::module_def as definition;

#[rustpython_vm::pymodule]
mod ure {
    use crate::bridge::{firmware, heap};
    use quecpy_formats::re1_5::{Refused, translate};
    use quecpy_usocket::text;
    use regex::bytes::{Captures, Regex};
    use rustpython_vm::builtins::{PyBytes, PyModule, PyStr};
    use rustpython_vm::class::PyClassImpl;
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::types::Representable;
    use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass};
    use std::borrow::Cow;

    /// A compiled pattern.
    #[pyclass(no_attr, module = false, name = "re")]
    #[derive(Debug, PyPayload)]
    struct Pattern {
        regex: Regex,
        /// As it was written, for firmware that only looks for it.
        source: Vec<u8>,
    }

    /// A text and what of it the groups matched.
    #[pyattr(name = "Match")]
    #[pyclass(module = false, name = "match")]
    #[derive(Debug, PyPayload)]
    struct Match {
        subject: PyObjectRef,
        groups: Vec<Option<(usize, usize)>>,
    }

    /// The bytes of a text or of bytes; nothing else is searched.
    fn bytes_of<'a>(object: &'a PyObject, vm: &VirtualMachine) -> PyResult<Cow<'a, [u8]>> {
        if let Some(text) = object.downcast_ref::<PyStr>() {
            return Ok(text::bytes_of(text, vm));
        }
        if let Some(bytes) = object.downcast_ref::<PyBytes>() {
            return Ok(Cow::Borrowed(bytes.as_bytes()));
        }
        let class = object.class().name().to_string();
        Err(vm.new_type_error(format!("can't convert '{class}' object to str implicitly")))
    }

    /// Bytes as the kind of object that they were taken from.
    fn like(subject: &PyObject, bytes: &[u8], vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        if subject.downcast_ref::<PyBytes>().is_some() {
            return Ok(vm.ctx.new_bytes(bytes.to_vec()).into());
        }
        // Half a character, which a dot can match.
        let text = text::from_bytes(bytes, vm);
        text.map(Into::into).ok_or_else(|| crate::bridge::error::bare(vm.ctx.exceptions.unicode_error, vm))
    }

    fn number_error(number: i64, vm: &VirtualMachine) -> rustpython_vm::builtins::PyBaseExceptionRef {
        vm.new_exception(vm.ctx.exceptions.index_error.to_owned(), vec![vm.ctx.new_int(number).into()])
    }

    fn refused(why: Refused, vm: &VirtualMachine) -> PyResult<rustpython_vm::builtins::PyBaseExceptionRef> {
        Ok(vm.new_value_error(match why {
            Refused::Form => firmware::of(vm)?.regex_refused,
            Refused::Unbalanced => "error in regex",
        }))
    }

    fn pattern(source: &PyObject, vm: &VirtualMachine) -> PyResult<Pattern> {
        let source = bytes_of(source, vm)?.into_owned();
        let regex = translate(&source).and_then(|text| Regex::new(&text).map_err(|_| Refused::Form));
        match regex {
            Ok(regex) => Ok(Pattern { regex, source }),
            Err(why) => Err(refused(why, vm)?),
        }
    }

    /// A pattern, compiled now unless it is compiled already.
    fn ready(source: &PyObject, vm: &VirtualMachine) -> PyResult<PyRef<Pattern>> {
        match source.downcast_ref::<Pattern>() {
            Some(pattern) => Ok(pattern.to_owned()),
            None => Ok(pattern(source, vm)?.into_ref(&vm.ctx)),
        }
    }

    fn groups_of(captures: &Captures) -> Vec<Option<(usize, usize)>> {
        captures.iter().map(|group| group.map(|g| (g.start(), g.end()))).collect()
    }

    #[pyfunction(name = "compile")]
    fn compile_pattern(
        source: PyObjectRef,
        _flags: OptionalArg<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult<Pattern> {
        pattern(&source, vm)
    }

    #[pyfunction(name = "match")]
    fn match_start(
        pattern: PyObjectRef,
        subject: PyObjectRef,
        _flags: OptionalArg<PyObjectRef>,
        _more: OptionalArg<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult<PyObjectRef> {
        find(&pattern, subject, true, Bounds::default(), vm)
    }

    #[pyfunction]
    fn search(
        pattern: PyObjectRef,
        subject: PyObjectRef,
        _flags: OptionalArg<PyObjectRef>,
        _more: OptionalArg<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult<PyObjectRef> {
        find(&pattern, subject, false, Bounds::default(), vm)
    }

    #[pyfunction]
    fn sub(
        pattern: PyObjectRef,
        replacement: PyObjectRef,
        subject: PyObjectRef,
        count: OptionalArg<i64>,
        vm: &VirtualMachine,
    ) -> PyResult<PyObjectRef> {
        ready(&pattern, vm)?.replace(&replacement, subject, count.unwrap_or(0), vm)
    }

    /// The part of a text to look at, in bytes, which newer firmware takes.
    #[derive(Default)]
    struct Bounds {
        from: OptionalArg<i64>,
        to: OptionalArg<i64>,
    }

    impl Bounds {
        /// None for a part in which nothing can match.
        fn within(self, length: usize) -> Option<(usize, usize)> {
            let OptionalArg::Present(from) = self.from else { return Some((0, length)) };
            let offset = |n: i64| usize::try_from(n).unwrap_or(0).min(length);
            let (start, end) = (offset(from), self.to.map_or(length, offset));
            (start < end).then_some((start, end))
        }
    }

    fn find(
        pattern: &PyObject,
        subject: PyObjectRef,
        at_start: bool,
        bounds: Bounds,
        vm: &VirtualMachine,
    ) -> PyResult<PyObjectRef> {
        let firmware = firmware::of(vm)?;
        if firmware.regex_engine {
            let bounds = if firmware.regex_bounds { bounds } else { Bounds::default() };
            return ready(pattern, vm)?.run(subject, at_start, bounds, vm);
        }
        let source = match pattern.downcast_ref::<Pattern>() {
            Some(pattern) => Cow::Borrowed(pattern.source.as_slice()),
            None => bytes_of(pattern, vm)?,
        };
        let subject = bytes_of(&subject, vm)?;
        let found = source.is_empty() || subject.windows(source.len()).any(|part| part == &*source);
        Ok(if found { vm.ctx.true_value.clone().into() } else { vm.ctx.none() })
    }

    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        __module_exec(vm, module);
        let _ = Pattern::make_static_type();
        let module_object = module.as_object();
        // The one flag, of builds for debugging; it changes nothing here.
        module_object.set_attr("DEBUG", vm.ctx.new_int(0x1000), vm)?;
        // The documentation has a class of this name; what is raised is ValueError.
        module_object.set_attr("error", vm.ctx.exceptions.value_error.to_owned(), vm)?;
        Ok(())
    }

    #[pyclass(with(Representable), flags(DISALLOW_INSTANTIATION))]
    impl Pattern {
        fn run(
            &self,
            subject: PyObjectRef,
            at_start: bool,
            bounds: Bounds,
            vm: &VirtualMachine,
        ) -> PyResult<PyObjectRef> {
            let bytes = bytes_of(&subject, vm)?;
            let Some((start, end)) = bounds.within(bytes.len()) else { return Ok(vm.ctx.none()) };
            let found = self.regex.captures_at(&bytes[..end], start);
            let found = found.filter(|c| !at_start || c.get(0).is_some_and(|m| m.start() == start));
            let Some(groups) = found.map(|captures| groups_of(&captures)) else { return Ok(vm.ctx.none()) };
            Ok(Match { subject, groups }.into_pyobject(vm))
        }

        #[pymethod(name = "match")]
        fn match_start(
            zelf: PyRef<Self>,
            subject: PyObjectRef,
            from: OptionalArg<i64>,
            to: OptionalArg<i64>,
            vm: &VirtualMachine,
        ) -> PyResult<PyObjectRef> {
            find(zelf.as_object(), subject, true, Bounds { from, to }, vm)
        }

        #[pymethod]
        fn search(
            zelf: PyRef<Self>,
            subject: PyObjectRef,
            from: OptionalArg<i64>,
            to: OptionalArg<i64>,
            vm: &VirtualMachine,
        ) -> PyResult<PyObjectRef> {
            find(zelf.as_object(), subject, false, Bounds { from, to }, vm)
        }

        /// An empty match ends the splitting.
        #[pymethod]
        fn split(
            zelf: PyRef<Self>,
            subject: PyObjectRef,
            max: OptionalArg<i64>,
            vm: &VirtualMachine,
        ) -> PyResult<PyObjectRef> {
            let bytes = bytes_of(&subject, vm)?;
            let most = usize::try_from(max.unwrap_or(0)).ok().filter(|n| *n > 0).unwrap_or(usize::MAX);
            let (mut parts, mut at) = (Vec::new(), 0);
            while parts.len() < most {
                let Some(found) = zelf.regex.find_at(&bytes, at).filter(|m| !m.is_empty()) else { break };
                parts.push(like(&subject, &bytes[at..found.start()], vm)?);
                // Only what is found is refused.
                if zelf.regex.captures_len() > 1 {
                    return Err(vm.new_not_implemented_error("splitting with sub-captures"));
                }
                at = found.end();
            }
            parts.push(like(&subject, &bytes[at..], vm)?);
            Ok(vm.ctx.new_list(parts).into())
        }

        /// Not in every firmware, hence looked up each time.
        #[pygetset]
        fn sub(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
            if firmware::of(vm)?.lacking("ure").any(|name| name == "sub") {
                return Err(vm.new_attribute_error("'re' object has no attribute 'sub'"));
            }
            zelf.as_object().get_attr("_sub", vm)
        }

        #[pymethod(name = "_sub")]
        fn sub_method(
            zelf: PyRef<Self>,
            replacement: PyObjectRef,
            subject: PyObjectRef,
            count: OptionalArg<i64>,
            vm: &VirtualMachine,
        ) -> PyResult<PyObjectRef> {
            zelf.replace(&replacement, subject, count.unwrap_or(0), vm)
        }

        /// Not more than `count` matches if it is positive; an empty match ends it.
        fn replace(
            &self,
            replacement: &PyObject,
            subject: PyObjectRef,
            count: i64,
            vm: &VirtualMachine,
        ) -> PyResult<PyObjectRef> {
            let bytes = bytes_of(&subject, vm)?;
            let mut left = usize::try_from(count).ok().filter(|n| *n > 0).unwrap_or(usize::MAX);
            let (mut out, mut at) = (Vec::new(), 0);
            while left > 0 {
                vm.check_signals()?;
                heap::check(out.len(), vm)?;
                let Some(captures) = self.regex.captures_at(&bytes, at) else { break };
                let groups = groups_of(&captures);
                let Some(Some((start, end))) = groups.first().copied().filter(|g| g.is_some_and(|(a, b)| a < b)) else {
                    break;
                };
                out.extend_from_slice(&bytes[at..start]);
                if replacement.is_callable() {
                    let found = Match { subject: subject.clone(), groups }.into_pyobject(vm);
                    let text = replacement.call((found,), vm)?;
                    expand(&mut out, &bytes_of(&text, vm)?, &captures, vm)?;
                } else {
                    expand(&mut out, &bytes_of(replacement, vm)?, &captures, vm)?;
                }
                at = end;
                left -= 1;
            }
            if at == 0 {
                return Ok(subject.clone());
            }
            out.extend_from_slice(&bytes[at..]);
            like(&subject, &out, vm)
        }
    }

    impl Representable for Pattern {
        fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
            Ok(format!("<re {:x}>", zelf.as_object().get_id()))
        }
    }

    /// `\1` and `\g<1>` stand for groups; any other backslash is dropped.
    fn expand(out: &mut Vec<u8>, template: &[u8], captures: &Captures, vm: &VirtualMachine) -> PyResult<()> {
        let mut rest = template;
        while let Some((byte, tail)) = rest.split_first() {
            rest = tail;
            if *byte != b'\\' {
                out.push(*byte);
                continue;
            }
            let named = rest.strip_prefix(b"g<");
            rest = named.unwrap_or(rest);
            let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
            if digits == 0 {
                if let Some(tail) = rest.strip_prefix(b"\\") {
                    out.push(b'\\');
                    rest = tail;
                }
                continue;
            }
            let number =
                rest[..digits].iter().fold(0i64, |n, b| n.saturating_mul(10).saturating_add(i64::from(b - b'0')));
            rest = &rest[digits..];
            if named.is_some() {
                rest = rest.strip_prefix(b">").unwrap_or(rest);
            }
            match usize::try_from(number).ok().filter(|n| *n < captures.len()) {
                Some(index) => out.extend_from_slice(captures.get(index).map_or(&b""[..], |m| m.as_bytes())),
                None => return Err(number_error(number, vm)),
            }
        }
        Ok(())
    }

    #[pyclass(with(Representable), flags(DISALLOW_INSTANTIATION))]
    impl Match {
        #[pymethod]
        fn group(zelf: &Py<Self>, number: i64, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
            let group = usize::try_from(number).ok().and_then(|n| zelf.groups.get(n));
            match group {
                None => Err(number_error(number, vm)),
                Some(None) => Ok(vm.ctx.none()),
                Some(Some((start, end))) => like(&zelf.subject, &bytes_of(&zelf.subject, vm)?[*start..*end], vm),
            }
        }
    }

    impl Representable for Match {
        fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
            Ok(format!("<match num={}>", zelf.groups.len()))
        }
    }
}
