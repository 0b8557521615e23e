"""Moonshine, tiny English: the model lies in the package, nothing is fetched."""

import sys
from array import array
from types import ModuleType

from pwa.speech.transcript import Transcript, TranscriptLine

# Longer stretches without a pause are cut; the engine cuts from two thirds of this on.
OPTIONS = {"vad_max_segment_duration": "30"}


class Moonshine:
    """The engine with its model loaded."""

    def __init__(self) -> None:
        # It imports its recorder, which wants PortAudio: no server has that, and we do not record.
        sys.modules.setdefault("sounddevice", ModuleType("sounddevice"))
        from moonshine_voice import ModelArch, get_model_path
        from moonshine_voice.transcriber import Transcriber

        model = str(get_model_path("tiny-en"))
        self._transcriber = Transcriber(model, ModelArch.TINY, options=OPTIONS)

    def hear(self, samples: "array[float]") -> Transcript:
        """The lines that were said."""
        heard = self._transcriber.transcribe_without_streaming(samples)
        lines = (TranscriptLine(line.text, line.start_time, line.duration) for line in heard.lines)
        return Transcript(tuple(lines))
