//! Stands in for the system's libffi. The VM links it for its module `_ctypes`, which no script can import, and would
//! need the library's development files where it is built and the library where it runs. Of what it offers the types are
//! here, and calls that end the program.
//!
//! There is nothing to use: the build script puts a `libffi.a` where the linker looks first. On Windows the VM builds a
//! libffi of its own, and this crate does nothing.
