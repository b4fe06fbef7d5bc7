//! Sound and pictures: `audio`, `camera`, `lvgl`.

use super::surface::{Class, NOTHING, PLAIN, Surface};

pub(crate) const AUDIO: Surface = Surface {
    why: "quecpy has no loudspeaker and no microphone",
    functions: "set_DSPGain set_CodecGain get_CurrentID",
    classes: &[
        Class {
            name: "Audio",
            methods: "__init__ set_pa play stop stopAll setCallback getState getVolume setVolume playStream \
                stopPlayStream aud_tone_play aud_tone_play_stop",
            ..PLAIN
        },
        Class {
            name: "Record",
            // The format's number, as playStream takes it.
            constants: &[("AMRNB", 4)],
            methods: "__init__ start stop getFilePath getData getSize Delete exists isBusy end_callback gain \
                amrEncDtx_enable stream_start stream_read",
            ..PLAIN
        },
        Class {
            name: "TTS",
            methods: "__init__ close play stop stopAll setCallback getVolume setVolume getSpeed setSpeed getState",
            ..PLAIN
        },
    ],
    ..NOTHING
};

const PREVIEW: &str = "__init__ open close";
const DECODER: &str = "__init__ open close start stop pause resume callback";
const CAPTURE: &str = "__init__ open close start callback";

/// Documents know each class under two names.
pub(crate) const CAMERA: Surface = Surface {
    why: "quecpy has no camera",
    classes: &[
        Class { name: "camPreview", methods: PREVIEW, ..PLAIN },
        Class { name: "CamPreview", methods: PREVIEW, ..PLAIN },
        Class { name: "camScandecode", methods: DECODER, ..PLAIN },
        Class { name: "CamDecoder", methods: DECODER, ..PLAIN },
        Class { name: "camCapture", methods: CAPTURE, ..PLAIN },
        Class { name: "CamCapture", methods: CAPTURE, ..PLAIN },
    ],
    ..NOTHING
};

pub(crate) const LVGL: Surface =
    Surface { why: "the graphics library is not part of quecpy", any_name: true, ..NOTHING };
