//! `ble` and `bt`: plain functions.

use super::surface::{NOTHING, Surface};

const WHY: &str = "quecpy has no Bluetooth radio";

pub(crate) const BLE: Surface = Surface {
    why: WHY,
    functions: "gattStart gattStop getStatus getPublicAddr setLocalName \
        serverInit serverRelease setAdvParam setAdvData setAdvRspData addService addChara addCharaValue \
        changeCharaValue addCharaDesc addOrClearService sendNotification sendIndication advStart advStop \
        clientInit clientRelease setScanParam scanStart scanStop setScanFilter connect cancelConnect disconnect \
        discoverAllService discoverByUUID discoverAllIncludes discoverAllChara discoverAllCharaDesc \
        readCharaByUUID readCharaByHandle readCharaDesc writeChara writeCharaNoRsp writeCharaDesc exchangeMtu \
        smpSetConfig smpGetConfig smpStartPair smpUserConfirm smpGetPairedDevInfo smpRemovePairedDev \
        smpCleanPairedDev",
    ..NOTHING
};

pub(crate) const BT: Surface = Surface {
    why: WHY,
    // hfpDisonnect is spelled as on the module.
    functions: "init release start stop getStatus getLocalAddr setLocalName getLocalName setVisibleMode \
        getVisibleMode startInquiry cancelInquiry setChannel reconnect_set reconnect \
        hfpInit hfpRelease hfpConnect hfpDisonnect hfpSetVolume hfpRejectAfterAnswer hfpRejectCall hfpAnswerCall \
        hfpEnableVR hfpDisableVR \
        a2dpavrcpInit a2dpavrcpRelease a2dpDisconnect a2dpGetAddr a2dpGetConnStatus \
        avrcpStart avrcpPause avrcpPrev avrcpNext avrcpSetVolume avrcpGetVolume avrcpGetPlayStatus \
        avrcpGetConnStatus \
        sppInit sppRelease sppConnect sppDisconnect sppSend",
    ..NOTHING
};
