// A moment in words, on the clock of the person whose page it is, where no server can say it.

const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

export function said(at, withDay) {
  const timeZone = document.body.dataset.zone;
  const options = { ...CLOCK, timeZone, ...(withDay && { weekday: "long" }) };
  return new Intl.DateTimeFormat(document.documentElement.lang, options).format(at);
}
