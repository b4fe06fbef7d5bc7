//! The module `uselect`: poll objects and select() over the engine's poller.

#[rustpython_vm::pymodule]
pub(crate) mod uselect {
    use crate::environment::Environment;
    use crate::error::{os_error, raise};
    use crate::socket::PySocket;
    use crate::ussl::PySslSocket;
    use crate::wait::wait_or_raise;
    use parking_lot::Mutex;
    use quecpy_net::{Deadline, ERROR, HANGUP, Poller, READ, Socket, WRITE, errno};
    use rustpython_vm::builtins::{PyIntRef, PyList, PyListRef, PyModule, PyTuple};
    use rustpython_vm::function::{ArgIntoFloat, OptionalArg};
    use rustpython_vm::{AsObject, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};
    use std::collections::HashMap;
    use std::sync::Arc;
    use std::sync::atomic::AtomicUsize;
    use std::sync::atomic::Ordering::Relaxed;
    use std::time::Duration;

    /// ipoll's flag: an object that was reported is not watched any more until it is modified.
    const ONESHOT: u32 = 1;

    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        __module_exec(vm, module);
        for (name, bit) in [("POLLIN", READ), ("POLLOUT", WRITE), ("POLLERR", ERROR), ("POLLHUP", HANGUP)] {
            module.as_object().set_attr(name, vm.ctx.new_int(bit), vm)?;
        }
        Ok(())
    }

    #[pyattr]
    #[pyclass(module = "uselect", name = "poll")]
    #[derive(Debug, PyPayload)]
    struct Poll {
        poller: Poller,
        /// By the object's identity, which is also the poller's key.
        objects: Mutex<HashMap<usize, PyObjectRef>>,
        /// Streams, which have no socket, and what is wanted of them.
        streams: Mutex<Vec<(PyObjectRef, u32)>>,
        /// By identity, its place in the order of registration.
        order: Mutex<HashMap<usize, usize>>,
        registered: AtomicUsize,
    }

    /// The method by which a stream that has no socket tells whether something can be read.
    const READABLE: &str = "_quecpy_readable";
    /// The method by which a script's own stream (`uio.IOBase`) answers requests, and the request for what is ready
    /// (`MP_STREAM_POLL` of MicroPython's `py/stream.h`).
    const IOCTL: &str = "ioctl";
    const POLL_REQUEST: i32 = 3;
    /// How long a wait goes on before streams are looked at again that do not wake a waiting thread: where sockets are waited for
    /// as well, and those of scripts.
    const LOOK_AGAIN: Duration = Duration::from_millis(5);

    impl rustpython_vm::types::Constructor for Poll {
        type Args = ();

        fn py_new(_cls: &Py<rustpython_vm::builtins::PyType>, (): (), vm: &VirtualMachine) -> PyResult<Self> {
            let environment = Environment::of(vm)?;
            let poller = Poller::new(&environment.stack).map_err(|e| raise(e, vm))?;
            Ok(Self {
                poller,
                objects: Mutex::default(),
                streams: Mutex::default(),
                order: Mutex::default(),
                registered: AtomicUsize::new(0),
            })
        }
    }

    /// The socket of an object, or the one below its TLS.
    fn socket_of<'a>(object: &'a PyObjectRef, vm: &VirtualMachine) -> PyResult<&'a Arc<Socket>> {
        let plain = object.downcast_ref::<PySocket>().map(|socket| &socket.socket);
        plain.or_else(|| object.downcast_ref::<PySslSocket>().map(|socket| socket.tls.socket())).ok_or_else(|| {
            vm.new_type_error(format!("cannot wait for an object of type {}: not a socket", object.class().name()))
        })
    }

    impl Poll {
        fn watch(&self, object: PyObjectRef, mask: u32, vm: &VirtualMachine) -> PyResult<()> {
            let identity = object.get_id();
            self.look_at(object, mask, vm)?;
            self.order.lock().entry(identity).or_insert_with(|| self.registered.fetch_add(1, Relaxed));
            Ok(())
        }

        fn look_at(&self, object: PyObjectRef, mask: u32, vm: &VirtualMachine) -> PyResult<()> {
            let class = object.class();
            if [READABLE, IOCTL].into_iter().any(|method| class.has_attr(vm.ctx.intern_str(method))) {
                let mut streams = self.streams.lock();
                match streams.iter_mut().find(|(known, _)| known.is(&object)) {
                    Some((_, wanted)) => *wanted = mask,
                    None => streams.push((object, mask)),
                }
                return Ok(());
            }
            let socket = socket_of(&object, vm)?;
            self.poller.register(object.get_id(), socket, mask).map_err(|e| raise(e, vm))?;
            self.objects.lock().insert(object.get_id(), object);
            Ok(())
        }

        /// Ready objects with their events.
        fn ready(&self, deadline: Deadline, vm: &VirtualMachine) -> PyResult<Vec<(PyObjectRef, u32)>> {
            if self.streams.lock().is_empty() {
                return self.ready_sockets(deadline, vm);
            }
            loop {
                let mut ready = self.ready_streams(vm)?;
                let pause = if ready.is_empty() { LOOK_AGAIN } else { Duration::ZERO };
                let soon = deadline.min(Deadline::after(Some(pause), self.poller.stack().time()));
                if !self.objects.lock().is_empty() {
                    ready.extend(self.ready_sockets(soon, vm)?);
                    let order = self.order.lock();
                    ready.sort_by_key(|(object, _)| order.get(&object.get_id()).copied());
                } else if ready.is_empty() {
                    self.pause(if self.all_wake(vm) { deadline } else { soon }, vm)?;
                }
                if !ready.is_empty() || deadline.passed(self.poller.stack().time()) {
                    return Ok(ready);
                }
            }
        }

        fn ready_streams(&self, vm: &VirtualMachine) -> PyResult<Vec<(PyObjectRef, u32)>> {
            let streams = self.streams.lock().clone();
            let mut ready = Vec::new();
            for (object, mask) in streams {
                let bits = Self::bits_of_stream(&object, mask, vm)?;
                if bits != 0 {
                    ready.push((object, bits));
                }
            }
            Ok(ready)
        }

        /// Whether each stream wakes a thread that found nothing in it.
        fn all_wake(&self, vm: &VirtualMachine) -> bool {
            let readable = vm.ctx.intern_str(READABLE);
            self.streams.lock().iter().all(|(stream, _)| stream.class().has_attr(readable))
        }

        fn bits_of_stream(object: &PyObjectRef, mask: u32, vm: &VirtualMachine) -> PyResult<u32> {
            if object.class().has_attr(vm.ctx.intern_str(READABLE)) {
                let readable = mask & READ != 0 && vm.call_method(object, READABLE, ())?.try_to_bool(vm)?;
                return Ok((if readable { READ } else { 0 }) | (mask & WRITE));
            }
            let bits: i64 = vm.call_method(object, IOCTL, (POLL_REQUEST, mask))?.try_into_value(vm)?;
            u32::try_from(bits).map_err(|_| os_error(i32::try_from(-bits).unwrap_or(errno::EIO), vm))
        }

        /// Until a stream says that something has come, or the deadline.
        fn pause(&self, deadline: Deadline, vm: &VirtualMachine) -> PyResult<()> {
            wait_or_raise(vm, self.poller.stack(), || {
                let mut woken = false;
                match self.poller.stack().waiters.park(deadline, || std::mem::replace(&mut woken, true)) {
                    Err(quecpy_net::Error::TIMED_OUT) => Ok(()),
                    other => other,
                }
            })
        }

        fn ready_sockets(&self, deadline: Deadline, vm: &VirtualMachine) -> PyResult<Vec<(PyObjectRef, u32)>> {
            let ready = wait_or_raise(vm, self.poller.stack(), || self.poller.wait(deadline))?;
            let objects = self.objects.lock();
            Ok(ready.into_iter().filter_map(|(key, bits)| Some((objects.get(&key)?.clone(), bits))).collect())
        }
    }

    fn pairs(ready: &[(PyObjectRef, u32)], vm: &VirtualMachine) -> PyListRef {
        let pair = |(object, bits): &(PyObjectRef, u32)| {
            vm.ctx.new_tuple(vec![object.clone(), vm.ctx.new_int(*bits).into()]).into()
        };
        vm.ctx.new_list(ready.iter().map(pair).collect())
    }

    /// Milliseconds; none, None and negative wait for ever.
    fn deadline_ms(ms: OptionalArg<Option<PyIntRef>>, vm: &VirtualMachine) -> PyResult<Deadline> {
        let ms: i64 = ms.flatten().map_or(Ok(-1), |ms| ms.try_to_primitive(vm))?;
        let timeout = u64::try_from(ms).ok().map(Duration::from_millis);
        Ok(Deadline::after(timeout, Environment::of(vm)?.stack.time()))
    }

    #[pyclass(with(rustpython_vm::types::Constructor))]
    impl Poll {
        #[pymethod]
        fn register(zelf: &Py<Self>, object: PyObjectRef, mask: OptionalArg<u32>, vm: &VirtualMachine) -> PyResult<()> {
            zelf.watch(object, mask.unwrap_or(READ | WRITE), vm)
        }

        #[pymethod]
        fn modify(zelf: &Py<Self>, object: PyObjectRef, mask: u32, vm: &VirtualMachine) -> PyResult<()> {
            let known =
                zelf.poller.has(object.get_id()) || zelf.streams.lock().iter().any(|(stream, _)| stream.is(&object));
            if !known {
                return Err(os_error(errno::ENOENT, vm));
            }
            zelf.watch(object, mask, vm)
        }

        #[pymethod]
        fn unregister(zelf: &Py<Self>, object: PyObjectRef) {
            // MicroPython, too, says nothing of an object it does not know.
            let _ = zelf.poller.unregister(object.get_id());
            zelf.streams.lock().retain(|(stream, _)| !stream.is(&object));
            zelf.objects.lock().remove(&object.get_id());
            zelf.order.lock().remove(&object.get_id());
        }

        #[pymethod]
        fn poll(zelf: &Py<Self>, ms: OptionalArg<Option<PyIntRef>>, vm: &VirtualMachine) -> PyResult<PyListRef> {
            let ready = zelf.ready(deadline_ms(ms, vm)?, vm)?;
            Ok(pairs(&ready, vm))
        }

        #[pymethod]
        fn ipoll(
            zelf: &Py<Self>,
            ms: OptionalArg<Option<PyIntRef>>,
            flags: OptionalArg<u32>,
            vm: &VirtualMachine,
        ) -> PyResult<PyObjectRef> {
            let ready = zelf.ready(deadline_ms(ms, vm)?, vm)?;
            if flags.unwrap_or(0) & ONESHOT != 0 {
                for (object, _) in &ready {
                    zelf.watch(object.clone(), 0, vm)?;
                }
            }
            let list: PyObjectRef = pairs(&ready, vm).into();
            Ok(list.get_iter(vm)?.into())
        }
    }

    /// What is in a list or tuple; nothing else will do (`mp_obj_get_array` of MicroPython's `py/obj.c`).
    fn objects_of(set: &PyObjectRef, vm: &VirtualMachine) -> PyResult<Vec<PyObjectRef>> {
        if let Some(tuple) = set.downcast_ref::<PyTuple>() {
            return Ok(tuple.as_slice().to_vec());
        }
        let list = set.downcast_ref::<PyList>().map(|list| list.borrow_vec().to_vec());
        list.ok_or_else(|| vm.new_type_error(format!("object '{}' isn't a tuple or list", set.class().name())))
    }

    /// Waits once for three sets of sockets.
    fn poll_many(
        sets: [(PyObjectRef, u32); 3],
        deadline: Deadline,
        vm: &VirtualMachine,
    ) -> PyResult<[Vec<PyObjectRef>; 3]> {
        let environment = Environment::of(vm)?;
        let poller = Poller::new(&environment.stack).map_err(|e| raise(e, vm))?;
        let mut wanted: HashMap<usize, u32> = HashMap::new();
        let mut lists: Vec<(Vec<PyObjectRef>, u32)> = Vec::new();
        for (set, bits) in sets {
            let objects = objects_of(&set, vm)?;
            for object in &objects {
                let mask = wanted.entry(object.get_id()).or_default();
                *mask |= bits;
                let socket = socket_of(object, vm)?;
                poller.register(object.get_id(), socket, *mask).map_err(|e| raise(e, vm))?;
            }
            lists.push((objects, bits));
        }
        let ready: HashMap<usize, u32> =
            wait_or_raise(vm, poller.stack(), || poller.wait(deadline))?.into_iter().collect();
        let hit = |object: &PyObjectRef, bits: u32| {
            let got = ready.get(&object.get_id()).copied().unwrap_or(0);
            // As select(2): an error or hang-up makes a socket readable and writable.
            let also = if bits == ERROR { 0 } else { HANGUP | ERROR };
            got & (bits | also) != 0
        };
        let mut result = lists.into_iter().map(|(mut objects, bits)| {
            objects.retain(|o| hit(o, bits));
            objects
        });
        Ok(std::array::from_fn(|_| result.next().unwrap_or_default()))
    }

    #[pyfunction]
    fn select(
        read: PyObjectRef,
        write: PyObjectRef,
        exceptional: PyObjectRef,
        timeout: OptionalArg<Option<ArgIntoFloat>>,
        vm: &VirtualMachine,
    ) -> PyResult<PyObjectRef> {
        let seconds = timeout.flatten().map(ArgIntoFloat::into_float).filter(|s| *s >= 0.0);
        let timeout = seconds.map(|s| Duration::try_from_secs_f64(s).unwrap_or(Duration::MAX));
        let deadline = Deadline::after(timeout, Environment::of(vm)?.stack.time());
        let sets = [(read, READ), (write, WRITE), (exceptional, ERROR)];
        let lists = poll_many(sets, deadline, vm)?;
        let lists = lists.map(|objects| PyObjectRef::from(vm.ctx.new_list(objects)));
        Ok(vm.ctx.new_tuple(lists.to_vec()).into())
    }
}
