//! `heapq`: a list as a queue of the least item, in the order of comparisons of MicroPython's `extmod/modheapq.c`.

pub(crate) use heapq::module_def as definition;

#[rustpython_vm::pymodule]
mod heapq {
    use rustpython_vm::builtins::PyList;
    use rustpython_vm::types::PyComparisonOp;
    use rustpython_vm::{AsObject, Py, PyObjectRef, PyResult, VirtualMachine};

    fn heap_of<'a>(object: &'a PyObjectRef, vm: &VirtualMachine) -> PyResult<&'a Py<PyList>> {
        object.downcast_ref::<PyList>().ok_or_else(|| vm.new_type_error("heap must be a list"))
    }

    /// An item. A comparison may run a script's code, which may have made the list shorter.
    fn item(heap: &Py<PyList>, at: usize, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        heap.borrow_vec().get(at).cloned().ok_or_else(|| vm.new_index_error("list index out of range"))
    }

    fn set(heap: &Py<PyList>, at: usize, to: PyObjectRef) {
        let old = heap.borrow_vec_mut().get_mut(at).map(|room| std::mem::replace(room, to));
        drop(old);
    }

    fn is_less(a: &PyObjectRef, b: &PyObjectRef, vm: &VirtualMachine) -> PyResult<bool> {
        a.rich_compare_bool(b.as_object(), PyComparisonOp::Lt, vm)
    }

    /// Moves the item at `at` towards `start`, until its parent is not greater.
    fn sift_down(heap: &Py<PyList>, start: usize, mut at: usize, vm: &VirtualMachine) -> PyResult<()> {
        let moved = item(heap, at, vm)?;
        while at > start {
            let parent = (at - 1) >> 1;
            let above = item(heap, parent, vm)?;
            if !is_less(&moved, &above, vm)? {
                break;
            }
            set(heap, at, above);
            at = parent;
        }
        set(heap, at, moved);
        Ok(())
    }

    /// Moves the item at `at` down to a leaf, then up to its place.
    fn sift_up(heap: &Py<PyList>, mut at: usize, vm: &VirtualMachine) -> PyResult<()> {
        let (start, end) = (at, heap.borrow_vec().len());
        let moved = item(heap, at, vm)?;
        let mut child = 2 * at + 1;
        while child < end {
            if child + 1 < end && !is_less(&item(heap, child, vm)?, &item(heap, child + 1, vm)?, vm)? {
                child += 1;
            }
            set(heap, at, item(heap, child, vm)?);
            at = child;
            child = 2 * at + 1;
        }
        set(heap, at, moved);
        sift_down(heap, start, at, vm)
    }

    #[pyfunction]
    fn heappush(heap: PyObjectRef, item: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let heap = heap_of(&heap, vm)?;
        heap.borrow_vec_mut().push(item);
        let last = heap.borrow_vec().len().saturating_sub(1);
        sift_down(heap, 0, last, vm)
    }

    #[pyfunction]
    fn heappop(heap: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let heap = heap_of(&heap, vm)?;
        let last = heap.borrow_vec_mut().pop().ok_or_else(|| vm.new_index_error("empty heap"))?;
        if heap.borrow_vec().is_empty() {
            return Ok(last);
        }
        let least = item(heap, 0, vm)?;
        set(heap, 0, last);
        sift_up(heap, 0, vm)?;
        Ok(least)
    }

    #[pyfunction]
    fn heapify(heap: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let heap = heap_of(&heap, vm)?;
        let parents = heap.borrow_vec().len() / 2;
        for at in (0..parents).rev() {
            sift_up(heap, at, vm)?;
        }
        Ok(())
    }
}
