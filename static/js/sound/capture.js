// One recording: what the microphone hears, handed over every second.

const TYPES = [
  "audio/webm;codecs=opus",
  "audio/mp4;codecs=mp4a.40.2",
  "audio/mp4",
  "audio/ogg;codecs=opus",
];
const SECOND = 1000;

/**
 * Records until it is stopped, or until `longest` seconds have passed.
 * @param {(blob: Blob, seconds: number) => Promise<void>} store gets each part in turn
 * @param {number} longest
 * @returns {Promise<{ stream: MediaStream, seconds: () => number, stop: () => Promise<void>,
 *   ended: Promise<void> }>} `ended` resolves once the last part is stored
 * @throws {DOMException} NotFoundError without a microphone, NotAllowedError when it is denied
 */
export async function capture(store, longest) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 32_000 });
  const begun = performance.now();
  const seconds = () => Math.min((performance.now() - begun) / SECOND, longest);
  let stored = Promise.resolve();

  recorder.addEventListener("dataavailable", ({ data }) => {
    const until = seconds();
    if (data.size) stored = stored.then(() => store(data, until));
  });
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => {
    recorder.addEventListener("stop", () => {
      for (const track of stream.getTracks()) track.stop();
      stored.then(resolve);
    });
  });
  const stop = () => {
    if (recorder.state !== "inactive") recorder.stop();
    return ended;
  };
  const limit = setTimeout(stop, longest * SECOND);
  ended.then(() => clearTimeout(limit));
  stream.getAudioTracks()[0].addEventListener("ended", stop); // a call came in, a headset went
  recorder.start(SECOND);
  return { stream, seconds, stop, ended };
}
