//! Clients of device clouds: Quectel's (`Qth` and its parts), Alibaba's, Tencent's.

use super::surface::{Class, NOTHING, PLAIN, Surface};

/// The parts of Qth differ in their functions only.
const QTH_FAMILY: Surface = Surface {
    why: "quecpy does not speak the protocol of Quectel's device cloud",
    instead: "umqtt and usocket reach any server; or give the test a stand-in",
    ..NOTHING
};

pub(crate) const QTH: Surface = Surface {
    functions: "setProductInfo setServer setLifetime setEventCb setMcuVer setAppVer setApn init start stop state \
        reset sendTrans sendTsl ackTsl ackTslServer otaRequest otaAction",
    ..QTH_FAMILY
};

pub(crate) const QTH_BUS: Surface = Surface {
    functions: "sendTrans sendTsl ackTsl ackTslServer sendOutsideLocation getDevInfo ackDevInfo sendDevInfo \
        getDevStatus ackDevStatus sendDevStatus",
    ..QTH_FAMILY
};

pub(crate) const QTH_CONFIG: Surface = Surface {
    functions: "save init setProductInfo setDevSecret setServer saveBootstrap setLifetime setEventCb setMcuVer \
        setAppVer setOtaInfo setBsEt getBsEt getMqttCert setOtaKey getOtaKey",
    ..QTH_FAMILY
};

pub(crate) const QTH_DMP: Surface = Surface { functions: "bootstrap state register login reset send", ..QTH_FAMILY };

pub(crate) const QTH_FILE: Surface = Surface { functions: "read_file write_file", ..QTH_FAMILY };

pub(crate) const QTH_INIT: Surface = Surface { functions: "init start stop reset", ..QTH_FAMILY };

pub(crate) const QTH_OTA: Surface =
    Surface { functions: "notify result fwInfo otaRequest report otaAction check appota", ..QTH_FAMILY };

pub(crate) const QTH_PROTOCOL: Surface =
    Surface { functions: "getPkgId format unformat ttlv_format ttlv_unformat", ..QTH_FAMILY };

pub(crate) const QTH_TLS_CERT: Surface = Surface { functions: "getMqttCert", ..QTH_FAMILY };

const USE_UMQTT: &str = "umqtt reaches the same server with a user name and a password; or give the test a stand-in";

pub(crate) const A_LI_YUN: Surface = Surface {
    why: "quecpy does not log in to Alibaba's cloud by itself",
    instead: USE_UMQTT,
    classes: &[Class {
        name: "aLiYun",
        methods: "__init__ setMqtt setCallback error_register_cb subscribe publish start disconnect ping \
            getAliyunSta",
        ..PLAIN
    }],
    ..NOTHING
};

pub(crate) const TEN_CENT_YUN: Surface = Surface {
    why: "quecpy does not log in to Tencent's cloud by itself",
    instead: USE_UMQTT,
    classes: &[Class {
        name: "TXyun",
        methods: "__init__ setMqtt setCallback error_register_cb subscribe publish start disconnect ping \
            getTXyunsta",
        ..PLAIN
    }],
    ..NOTHING
};
