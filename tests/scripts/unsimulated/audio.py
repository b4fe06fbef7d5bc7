# firmware: all
import audio

print(audio.Record.AMRNB)
print(isinstance(None, audio.Audio), audio.TTS.__name__)
for make in (lambda: audio.Audio(0), lambda: audio.TTS(0), lambda: audio.Record(device=0),
             lambda: audio.Audio.play(None, 1, 1, 'U:/a.mp3'), lambda: audio.set_DSPGain(3)):
    try:
        make()
    except NotImplementedError as e:
        print(e)
try:
    audio.Video
except AttributeError:
    print('AttributeError')
