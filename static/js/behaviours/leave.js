// Tells the sign-out form which device this is, so that it is rung no more.

export default async function leave(form) {
  const registration = await navigator.serviceWorker?.getRegistration();
  const subscription = await registration?.pushManager?.getSubscription();
  if (subscription) form.elements.endpoint.value = subscription.endpoint;
}
