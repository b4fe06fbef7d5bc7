//! Modules that only some models' firmware has. Names are those of the published firmware of generation 1
//! (`ports/quectel/core`, the file in each comment); where no published source lists them, every name is refused.

use super::surface::{Class, NOTHING, PLAIN, Surface};

/// `modslipif.c`.
pub(crate) const SLIP: Surface = Surface {
    why: "quecpy has no network interface over a serial line",
    functions: "construct netif_set_default set_smtu destroy",
    ..NOTHING
};

/// `hls.py`: it plays what it loads.
pub(crate) const HLS: Surface = Surface {
    why: "quecpy has no loudspeaker",
    classes: &[Class {
        name: "hls_audio",
        methods: "__init__ parse_format play_run parse_amr_head play_init play pause close seek_secs set_volume",
        ..PLAIN
    }],
    ..NOTHING
};

/// `modquecIot.c`, and what the guide of Quectel's developer center adds.
pub(crate) const QUEC_IOT: Surface = Surface {
    why: "quecpy does not speak the protocol of Quectel's device cloud",
    instead: "umqtt and usocket reach any server; or give the test a stand-in",
    functions: "init setConnmode getConnmode getWorkState setEventCB setProductinfo getProductinfo setServer getServer \
        setLifetime getLifetime setPdpContextId getPdpContextId setSessionFlag getSessionFlag setSoftVersion \
        getSoftVersion setMcuVersion getMcuVersion setDkDs getDkDs passTransSend passTransSend_ex phymodelReport \
        phymodelReport_ex phymodelAck statusReport devInfoReport getDevStatus getDevInfo otaRequest otaAction \
        mcuFWDataRead getLocSupList getLocData locReportInside locReportInside_ex locReportOutside \
        locReportOutside_ex locatorConfigGet locatorConfigSet locatorDataGet locatorDataReport bindcodeSet \
        bindcodeGet rst MBInit MBCloudRecv MBDeinit MBLocalRecv",
    any_name: true,
    ..NOTHING
};

/// `modpoc.c`.
pub(crate) const POC: Surface = Surface {
    why: "quecpy has no push-to-talk service",
    functions: "init free log login logout joingroup leavegroup speak calluser group_getbyindex group_getbyid \
        member_getbyid get_loginstate get_groupcount get_grouplist get_membercount get_memberlist get_audiostate \
        play_tts send_ping get_version set_tts_enable register_audio_cb register_join_group_cb \
        register_listupdate_cb set_call_auto_leave_temp_group set_call_end_timeptr register_upgrade_cb \
        set_notify_mode set_solution set_solution_version set_productInfo set_manufacturer get_init_status",
    ..NOTHING
};

/// `modnb.c`. What its classes have is left to the class, which cannot be made.
pub(crate) const NB: Surface = Surface {
    why: "quecpy has no NB-IoT platform to talk to",
    classes: &[Class { name: "OC", ..PLAIN }, Class { name: "AEP", ..PLAIN }],
    any_name: true,
    ..NOTHING
};

/// `modsensor.c`.
pub(crate) const SENSOR: Surface =
    Surface { why: "quecpy has no SN95500", classes: &[Class { name: "SN95500", ..PLAIN }], ..NOTHING };

/// `modrtmp.c`.
pub(crate) const LIBRTMP: Surface = Surface {
    why: "quecpy does not speak RTMP",
    classes: &[Class { name: "RTMP", methods: "__init__ enableWrite connect connectStream close read write", ..PLAIN }],
    ..NOTHING
};

/// `modwifilocator.c`.
pub(crate) const WIFI_LOCATOR: Surface = Surface {
    why: "quecpy does not ask Quectel's positioning server",
    instead: "wifilocator gives the position of the board file",
    functions: "getWifilocreq encodeWifilocreq",
    ..NOTHING
};

const UNPUBLISHED: Surface = Surface { any_name: true, ..NOTHING };

const NO_SOURCE: &str = "quecpy knows no source for what it takes and returns";

/// `quecpython.c` imports it before a script; its own source is not among the published.
pub(crate) const DIAL: Surface = Surface { why: NO_SOURCE, instead: "dataCall dials", ..UNPUBLISHED };

pub(crate) const G711: Surface = Surface { why: NO_SOURCE, ..UNPUBLISHED };
pub(crate) const LWM2M: Surface = Surface { why: "quecpy is no LwM2M client", ..UNPUBLISHED };
pub(crate) const OPUS: Surface = Surface { why: "quecpy has no Opus codec", ..UNPUBLISHED };
pub(crate) const RSA: Surface = Surface { why: NO_SOURCE, ..UNPUBLISHED };
pub(crate) const SIF: Surface = Surface { why: "quecpy has no single-wire interface", ..UNPUBLISHED };
pub(crate) const TIKTOK_RTC: Surface = Surface { why: "quecpy does not reach that voice service", ..UNPUBLISHED };
pub(crate) const TP: Surface = Surface { why: "quecpy has no touch screen", ..UNPUBLISHED };
