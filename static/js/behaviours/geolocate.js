// Asks the phone for its position on a tap, never by itself, and puts it into the form.
const OPTIONS = { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 }; // milliseconds

/** @param {Marked<"asking" | "done" | "denied" | "unavailable">} place */
export default function geolocate(place) {
  const button = place.querySelector("button");
  const status = place.querySelector("[role=status]");
  const { asking, done, denied, unavailable } = place.dataset;
  const put = (/** @type {string} */ name, /** @type {number} */ degrees) => {
    /** @type {HTMLInputElement} */
    const field = place.querySelector(`[name=${name}]`);
    field.value = degrees.toFixed(5);
  };
  button.addEventListener("click", () => {
    if (!navigator.geolocation) {
      status.textContent = unavailable;
      return;
    }
    status.textContent = asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        put("latitude", coords.latitude);
        put("longitude", coords.longitude);
        status.textContent = done;
      },
      (error) => {
        status.textContent = error.code === error.PERMISSION_DENIED ? denied : unavailable;
      },
      OPTIONS,
    );
  });
}
