"""faster-whisper, for who wants fewer errors and gives it a model folder."""

from array import array
from pathlib import Path

import numpy
from faster_whisper import WhisperModel

from pwa.speech.transcript import Transcript, TranscriptLine


class Whisper:
    """The engine with the model of `folder` loaded."""

    def __init__(self, folder: Path) -> None:
        self._model = WhisperModel(
            str(folder), device="cpu", compute_type="int8", local_files_only=True
        )

    def hear(self, samples: "array[float]") -> Transcript:
        """The lines that were said."""
        segments, _ = self._model.transcribe(
            numpy.frombuffer(samples, numpy.float32),
            language="en",
            beam_size=1,
            vad_filter=True,
            condition_on_previous_text=False,
        )
        return Transcript(
            tuple(
                TranscriptLine(segment.text, segment.start, segment.end - segment.start)
                for segment in segments
            )
        )
