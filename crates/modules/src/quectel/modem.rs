//! `modem`: who the module is.

pub(crate) use modem::module_def as definition;

#[rustpython_vm::pymodule]
mod modem {
    use crate::bridge::session;
    use quecpy_usocket::text::Text;
    use rustpython_vm::builtins::PyModule;
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::{AsObject, Py, PyResult, VirtualMachine};

    #[pyfunction(name = "getDevImei")]
    fn get_dev_imei(_sim: OptionalArg<i64>, vm: &VirtualMachine) -> PyResult<Text> {
        Ok(Text(session::of(vm)?.description.identity.imei.clone()))
    }

    #[pyfunction(name = "getDevModel")]
    fn get_dev_model(vm: &VirtualMachine) -> PyResult<Text> {
        Ok(Text(session::of(vm)?.description.identity.model.clone()))
    }

    #[pyfunction(name = "getDevSN")]
    fn get_dev_sn(vm: &VirtualMachine) -> PyResult<Text> {
        Ok(Text(session::of(vm)?.description.identity.serial.clone()))
    }

    #[pyfunction(name = "getDevFwVersion")]
    fn get_dev_fw_version(vm: &VirtualMachine) -> PyResult<Text> {
        Ok(Text(session::of(vm)?.description.identity.firmware.clone()))
    }

    #[pyfunction(name = "getDevProductId")]
    fn get_dev_product_id(vm: &VirtualMachine) -> PyResult<Text> {
        Ok(Text(session::of(vm)?.description.identity.product.clone()))
    }

    #[pyfunction(name = "getDevMAC")]
    fn get_dev_mac(vm: &VirtualMachine) -> PyResult<Text> {
        Ok(Text(session::of(vm)?.description.identity.mac.clone().unwrap_or_default()))
    }

    /// Only modules with Wi-Fi have a MAC address.
    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        __module_exec(vm, module);
        if session::of(vm)?.description.identity.mac.is_none() {
            module.as_object().del_attr("getDevMAC", vm)?;
        }
        Ok(())
    }
}
