// Asks the phone once where it is, on a tap and never by itself, and puts the answer into the form.
const PATIENCE = { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 };

export default function here(place) {
  const button = place.querySelector("button");
  const status = place.querySelector("[role=status]");
  const { asking, done, denied, unavailable } = place.dataset;
  const put = (name, degrees) => {
    place.querySelector(`[name=${name}]`).value = degrees.toFixed(5);
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
      (problem) => {
        status.textContent = problem.code === problem.PERMISSION_DENIED ? denied : unavailable;
      },
      PATIENCE,
    );
  });
}
