// A moment in words, on the clock of the person whose page it is, where no server can say it.

const CLOCK = /** @type {const} */ ({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** @type {(at: Date, withDay: boolean) => string} "14:05", or "Tuesday 14:05" */
export function formatTime(at, withDay) {
  const timeZone = document.body.dataset.zone;
  /** @type {Intl.DateTimeFormatOptions} */
  const options = { ...CLOCK, timeZone, ...(withDay && { weekday: "long" }) };
  return new Intl.DateTimeFormat(document.documentElement.lang, options).format(at);
}
