// Shows in a row of bars that the microphone hears something: the newest at the right.

const EVERY = 90; // milliseconds between two bars
const FULL = 0.25; // the level that fills a bar

export function meter(svg, stream) {
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
      bar.setAttribute("height", tall);
      bar.setAttribute("y", (height - tall) / 2);
    }
  };
  const timer = setInterval(draw, EVERY);
  return () => {
    clearInterval(timer);
    context.close();
  };
}
