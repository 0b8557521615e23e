// Shows in a row of bars that the microphone hears something: the newest at the right.

const INTERVAL = 90; // milliseconds between two bars
const FULL = 0.25; // the level that fills a bar

/**
 * Draws the level until the function that it returns is called.
 * @type {(picture: Element, stream: MediaStream) => () => void}
 */
export function meter(picture, stream) {
  const svg = /** @type {SVGSVGElement} */ (picture);
  const bars = [...svg.querySelectorAll("rect")];
  const height = svg.viewBox.baseVal.height;
  const levels = bars.map(() => 0);
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  context.createMediaStreamSource(stream).connect(analyser);
  const wave = new Float32Array(analyser.fftSize);

  const draw = () => {
    analyser.getFloatTimeDomainData(wave);
    levels.shift();
    levels.push(Math.sqrt(wave.reduce((sum, value) => sum + value * value, 0) / wave.length));
    for (const [index, bar] of bars.entries()) {
      const tall = Math.max(4, Math.min(1, levels[index] / FULL) * height);
      bar.setAttribute("height", String(tall));
      bar.setAttribute("y", String((height - tall) / 2));
    }
  };
  const timer = setInterval(draw, INTERVAL);
  return () => {
    clearInterval(timer);
    context.close();
  };
}
