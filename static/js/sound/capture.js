// One recording: what the microphone hears, handed over every second.

const TYPES = [
  "audio/webm;codecs=opus",
  "audio/mp4;codecs=mp4a.40.2",
  "audio/mp4",
  "audio/ogg;codecs=opus",
];
const SECOND = 1000;

// `took(blob, seconds)` gets each part in turn; `ended` resolves when the last was taken. Rejects
// with what getUserMedia says when there is no microphone or it is denied.
export async function capture(took, most) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 32_000 });
  const begun = performance.now();
  const seconds = () => Math.min((performance.now() - begun) / SECOND, most);
  let taken = Promise.resolve();

  recorder.addEventListener("dataavailable", ({ data }) => {
    const until = seconds();
    if (data.size) taken = taken.then(() => took(data, until));
  });
  const ended = new Promise((resolve) => {
    recorder.addEventListener("stop", () => {
      for (const track of stream.getTracks()) track.stop();
      taken.then(resolve);
    });
  });
  const stop = () => {
    if (recorder.state !== "inactive") recorder.stop();
    return ended;
  };
  const limit = setTimeout(stop, most * SECOND);
  ended.then(() => clearTimeout(limit));
  stream.getAudioTracks()[0].addEventListener("ended", stop); // a call came in, a headset went
  recorder.start(SECOND);
  return { stream, seconds, stop, ended };
}
