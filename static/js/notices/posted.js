// What marks in sessionStorage that this opening of the app has told the server of its subscription.
export const PUSH_POSTED = "rounds:push-posted";
