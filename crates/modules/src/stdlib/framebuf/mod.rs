//! `framebuf`: drawing on pixels in memory, as MicroPython's `extmod/modframebuf.c` does. No published firmware of Quectel's
//! has it; its own `machine.LCD` and `lvgl` are what modules draw with.

mod font;
mod pixels;
mod shapes;

pub(crate) use framebuf::module_def as definition;

#[rustpython_vm::pymodule]
mod framebuf {
    use super::pixels::{FORMATS, Format, Shape};
    use super::shapes::{Canvas, Parts};
    use crate::bridge::arguments::Rest;
    use crate::bridge::error::bare;
    use crate::bridge::integers::word;
    use crate::stdlib::binary::packed_numbers;
    use rustpython_vm::builtins::{PyList, PyModule, PyStrRef, PyTuple, PyType};
    use rustpython_vm::common::lock::PyRwLock;
    use rustpython_vm::function::{ArgBytesLike, FuncArgs, OptionalArg};
    use rustpython_vm::protocol::{BufferFlags, PyBuffer};
    use rustpython_vm::types::{AsBuffer, Constructor, Initializer};
    use rustpython_vm::{
        AsObject, Py, PyObject, PyObjectRef, PyPayload, PyResult, TryFromObject, VirtualMachine, pyclass,
    };

    #[derive(Debug, Clone)]
    struct Picture {
        memory: PyBuffer,
        shape: Shape,
    }

    /// Pixels in a buffer of the script's.
    #[pyattr]
    #[pyclass(module = false, name = "FrameBuffer")]
    #[derive(Debug, PyPayload)]
    struct FrameBuffer {
        /// None until `__init__` has run.
        picture: PyRwLock<Option<Picture>>,
    }

    impl Constructor for FrameBuffer {
        type Args = FuncArgs;

        fn py_new(_cls: &Py<PyType>, _args: FuncArgs, _vm: &VirtualMachine) -> PyResult<Self> {
            Ok(Self { picture: PyRwLock::new(None) })
        }
    }

    impl Initializer for FrameBuffer {
        type Args = Rest;

        fn init(zelf: &Py<Self>, args: Rest, vm: &VirtualMachine) -> PyResult<()> {
            if !(4..=5).contains(&args.0.len()) {
                return Err(vm.new_type_error("FrameBuffer() takes a buffer, width, height, format and stride"));
            }
            let picture = picture(&args.0, BufferFlags::WRITABLE, vm)?;
            *zelf.picture.write() = Some(picture);
            Ok(())
        }
    }

    /// A picture of a buffer, width, height, format and perhaps stride.
    fn picture(parts: &[PyObjectRef], flags: BufferFlags, vm: &VirtualMachine) -> PyResult<Picture> {
        let wrong = || bare(vm.ctx.exceptions.value_error, vm);
        let [memory, width, height, format, stride @ ..] = parts else { return Err(wrong()) };
        let (width, height) = (word(width, vm)?, word(height, vm)?);
        let format = Format::of(word(format, vm)?);
        let stride = stride.first().map_or(Ok(width), |stride| word(stride, vm))?;
        let format = format.ok_or_else(|| vm.new_value_error("invalid format"))?;
        let shape = Shape::new(format, width, height, stride).ok_or_else(wrong)?;
        let memory = PyBuffer::from_object(vm, memory, flags)
            .map_err(|_| vm.new_type_error("object with buffer protocol required"))?;
        let length = memory.as_contiguous().ok_or_else(wrong)?.len();
        if shape.size() > length { Err(wrong()) } else { Ok(Picture { memory, shape }) }
    }

    impl FrameBuffer {
        fn picture(&self, vm: &VirtualMachine) -> PyResult<Picture> {
            self.picture.read().clone().ok_or_else(|| vm.new_attribute_error("super().__init__() was not called"))
        }

        fn draw(&self, colour: i32, vm: &VirtualMachine, act: impl FnOnce(&mut Canvas<'_>)) -> PyResult<()> {
            let Picture { memory, shape } = self.picture(vm)?;
            let Some(mut bytes) = memory.as_contiguous_mut() else { return Ok(()) };
            act(&mut Canvas { shape, bytes: &mut bytes, colour: colour.cast_unsigned() });
            Ok(())
        }
    }

    fn words<const N: usize>(args: &Rest, vm: &VirtualMachine) -> PyResult<[i64; N]> {
        let mut words = [0; N];
        if args.0.len() < N {
            return Err(
                vm.new_type_error(format!("function missing {} required positional arguments", N - args.0.len()))
            );
        }
        for (word_of, arg) in words.iter_mut().zip(&args.0) {
            *word_of = word(arg, vm)?.into();
        }
        Ok(words)
    }

    fn colour(number: i64) -> i32 {
        i32::try_from(number).unwrap_or_default()
    }

    fn is_set(arg: Option<&PyObjectRef>, vm: &VirtualMachine) -> PyResult<bool> {
        arg.map_or(Ok(false), |arg| arg.clone().try_to_bool(vm))
    }

    /// A picture to read: a FrameBuffer, or what one could be made of.
    fn source(object: &PyObject, vm: &VirtualMachine) -> PyResult<(Shape, Vec<u8>)> {
        let found = match object.downcast_ref::<FrameBuffer>() {
            Some(buffer) => buffer.picture(vm)?,
            None => {
                let parts = match (object.downcast_ref::<PyTuple>(), object.downcast_ref::<PyList>()) {
                    (Some(tuple), _) => tuple.as_slice().to_vec(),
                    (_, Some(list)) => list.borrow_vec().to_vec(),
                    _ => {
                        let class = object.class().name().to_string();
                        return Err(vm.new_type_error(format!("object '{class}' isn't a tuple or list")));
                    }
                };
                if !(4..=5).contains(&parts.len()) {
                    return Err(bare(vm.ctx.exceptions.value_error, vm));
                }
                picture(&parts, BufferFlags::SIMPLE, vm)?
            }
        };
        let bytes = found.memory.as_contiguous().map(|bytes| bytes.to_vec()).unwrap_or_default();
        Ok((found.shape, bytes))
    }

    /// Pairs of numbers of an array; what is over is left out.
    fn points(object: PyObjectRef, vm: &VirtualMachine) -> PyResult<Vec<(i64, i64)>> {
        let memory = ArgBytesLike::try_from_object(vm, object)
            .map_err(|_| vm.new_type_error("object with buffer protocol required"))?;
        let size = memory.itemsize().max(1);
        let buffer = PyBuffer::from(memory);
        let code = buffer.desc.format.bytes().last().unwrap_or(b'B');
        let bytes = buffer.as_contiguous().map(|bytes| bytes.to_vec()).unwrap_or_default();
        let number = |item: &[u8]| word(&packed_numbers::get(item, code, false, vm), vm).map(i64::from);
        let pair = |pair: &[u8]| Ok((number(&pair[..size])?, number(&pair[size..])?));
        bytes.chunks_exact(2 * size).map(pair).collect()
    }

    #[pyclass(flags(BASETYPE), with(AsBuffer, Constructor, Initializer))]
    impl FrameBuffer {
        #[pymethod]
        fn fill(zelf: &Py<Self>, args: Rest, vm: &VirtualMachine) -> PyResult<()> {
            let [with] = words(&args, vm)?;
            zelf.draw(colour(with), vm, |canvas| canvas.block((0, 0), (canvas.shape.width, canvas.shape.height)))
        }

        #[pymethod]
        fn fill_rect(zelf: &Py<Self>, args: Rest, vm: &VirtualMachine) -> PyResult<()> {
            let [x, y, width, height, with] = words(&args, vm)?;
            zelf.draw(colour(with), vm, |canvas| canvas.block((x, y), (width, height)))
        }

        /// Sets a pixel, or tells its colour; None outside.
        #[pymethod]
        fn pixel(zelf: &Py<Self>, args: Rest, vm: &VirtualMachine) -> PyResult<Option<u32>> {
            let [x, y] = words(&args, vm)?;
            if args.0.len() > 2 {
                let [_, _, with] = words(&args, vm)?;
                return zelf.draw(colour(with), vm, |canvas| canvas.dot(x, y)).map(|()| None);
            }
            let Picture { memory, shape } = zelf.picture(vm)?;
            Ok(memory.as_contiguous().and_then(|bytes| shape.get(&bytes, x, y)))
        }

        #[pymethod]
        fn hline(zelf: &Py<Self>, args: Rest, vm: &VirtualMachine) -> PyResult<()> {
            let [x, y, width, with] = words(&args, vm)?;
            zelf.draw(colour(with), vm, |canvas| canvas.block((x, y), (width, 1)))
        }

        #[pymethod]
        fn vline(zelf: &Py<Self>, args: Rest, vm: &VirtualMachine) -> PyResult<()> {
            let [x, y, height, with] = words(&args, vm)?;
            zelf.draw(colour(with), vm, |canvas| canvas.block((x, y), (1, height)))
        }

        #[pymethod]
        fn rect(zelf: &Py<Self>, args: Rest, vm: &VirtualMachine) -> PyResult<()> {
            let [x, y, width, height, with] = words(&args, vm)?;
            let filled = is_set(args.0.get(5), vm)?;
            zelf.draw(colour(with), vm, |canvas| match filled {
                true => canvas.block((x, y), (width, height)),
                false => canvas.frame((x, y), (width, height)),
            })
        }

        #[pymethod]
        fn line(zelf: &Py<Self>, args: Rest, vm: &VirtualMachine) -> PyResult<()> {
            let [x1, y1, x2, y2, with] = words(&args, vm)?;
            zelf.draw(colour(with), vm, |canvas| canvas.line((x1, y1), (x2, y2)))
        }

        #[pymethod]
        fn ellipse(zelf: &Py<Self>, args: Rest, vm: &VirtualMachine) -> PyResult<()> {
            let [x, y, a, b, with] = words(&args, vm)?;
            let filled = is_set(args.0.get(5), vm)?;
            let wanted = args.0.get(6).map_or(Ok(0xf), |wanted| word(wanted, vm))?;
            let quadrants = [0, 1, 2, 3].map(|bit| wanted >> bit & 1 == 1);
            zelf.draw(colour(with), vm, |canvas| canvas.ellipse((x, y), (a, b), Parts { quadrants, filled }))
        }

        #[pymethod]
        fn poly(
            zelf: &Py<Self>,
            x: PyObjectRef,
            y: PyObjectRef,
            corners: PyObjectRef,
            with: PyObjectRef,
            filled: OptionalArg<PyObjectRef>,
            vm: &VirtualMachine,
        ) -> PyResult<()> {
            let at = (word(&x, vm)?.into(), word(&y, vm)?.into());
            let corners = points(corners, vm)?;
            let filled = is_set(filled.into_option().as_ref(), vm)?;
            zelf.draw(word(&with, vm)?, vm, |canvas| match filled {
                true => canvas.polygon(at, &corners),
                false => canvas.outline(at, &corners),
            })
        }

        #[pymethod]
        fn blit(
            zelf: &Py<Self>,
            picture: PyObjectRef,
            at: (PyObjectRef, PyObjectRef),
            key: OptionalArg<PyObjectRef>,
            palette: OptionalArg<Option<PyObjectRef>>,
            vm: &VirtualMachine,
        ) -> PyResult<()> {
            let (shape, bytes) = source(&picture, vm)?;
            let (left, top) = (i64::from(word(&at.0, vm)?), i64::from(word(&at.1, vm)?));
            let key = key.into_option().map_or(Ok(-1), |key| word(&key, vm))?.cast_unsigned();
            let palette = palette.flatten().map(|palette| source(&palette, vm)).transpose()?;
            zelf.draw(0, vm, |canvas| {
                let inside = |start: i64, size: i64, room: i64| (-start).max(0)..size.min(room - start);
                for y in inside(top, shape.height, canvas.shape.height) {
                    for x in inside(left, shape.width, canvas.shape.width) {
                        let found = shape.get(&bytes, x, y);
                        let found = match &palette {
                            Some((shape, bytes)) => found.and_then(|colour| shape.get(bytes, colour.into(), 0)),
                            None => found,
                        };
                        if let Some(colour) = found.filter(|colour| *colour != key) {
                            canvas.shape.set(canvas.bytes, (left + x, top + y), colour);
                        }
                    }
                }
            })
        }

        #[pymethod]
        fn scroll(zelf: &Py<Self>, args: Rest, vm: &VirtualMachine) -> PyResult<()> {
            let [dx, dy] = words(&args, vm)?;
            zelf.draw(0, vm, |canvas| canvas.scroll(dx, dy))
        }

        #[pymethod]
        fn text(
            zelf: &Py<Self>,
            text: PyStrRef,
            x: PyObjectRef,
            y: PyObjectRef,
            with: OptionalArg<PyObjectRef>,
            vm: &VirtualMachine,
        ) -> PyResult<()> {
            let at = (word(&x, vm)?.into(), word(&y, vm)?.into());
            let with = with.into_option().map_or(Ok(1), |with| word(&with, vm))?;
            zelf.draw(with, vm, |canvas| canvas.text(text.as_bytes(), at))
        }
    }

    impl AsBuffer for FrameBuffer {
        fn as_buffer(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyBuffer> {
            PyBuffer::from_object(vm, &zelf.picture(vm)?.memory.obj, BufferFlags::SIMPLE)
        }
    }

    /// Its older form, for pictures of one bit.
    #[pyfunction(name = "FrameBuffer1")]
    fn mono(
        memory: PyObjectRef,
        width: PyObjectRef,
        height: PyObjectRef,
        stride: OptionalArg<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult<FrameBuffer> {
        let mut parts = vec![memory, width, height, vm.ctx.new_int(0).into()];
        parts.extend(stride.into_option());
        let picture = picture(&parts, BufferFlags::WRITABLE, vm)?;
        Ok(FrameBuffer { picture: PyRwLock::new(Some(picture)) })
    }

    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        __module_exec(vm, module);
        for (name, number, _) in FORMATS {
            module.as_object().set_attr(name, vm.ctx.new_int(number), vm)?;
        }
        Ok(())
    }
}
