// What a service worker has, as far as worker/*.js uses it: TypeScript's own list cannot stand beside
// that of a page. No browser loads this file.

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  readonly preloadResponse: Promise<Response | undefined>;
  respondWith(answer: Response | Promise<Response>): void;
}
interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}
interface PushEvent extends ExtendableEvent {
  readonly data: PushMessage | null;
  /** What a declarative push would show without a worker; such a push has no data. */
  readonly notification?: Notification | null;
  readonly appBadge?: number | null;
}
interface PushMessage {
  json(): unknown;
}
/** What a push shows. `url` and those of its actions are paths of ours; `badge` is what is left today. */
interface Payload {
  title: string;
  body: string;
  id: number;
  url: string;
  tag: string;
  badge: number | null;
  actions: PayloadAction[];
}
interface PayloadAction {
  action: string;
  title: string;
  url: string;
}
interface NotificationEvent extends ExtendableEvent {
  readonly notification: Notification;
  readonly action: string;
}
interface PushSubscriptionChangeEvent extends ExtendableEvent {
  readonly oldSubscription: PushSubscription | null;
  readonly newSubscription: PushSubscription | null;
}
interface WorkerEvents {
  install: ExtendableEvent;
  activate: ExtendableEvent;
  fetch: FetchEvent;
  message: MessageEvent;
  sync: SyncEvent;
  push: PushEvent;
  notificationclick: NotificationEvent;
  pushsubscriptionchange: PushSubscriptionChangeEvent;
}
interface WindowClient {
  readonly url: string;
  readonly focused: boolean;
  focus(): Promise<WindowClient>;
  navigate(address: string): Promise<WindowClient | null>;
}
interface WorkerScope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { type: "window"; includeUncontrolled?: boolean }): Promise<WindowClient[]>;
    openWindow(address: string): Promise<WindowClient | null>;
  };
  skipWaiting(): Promise<void>;
  addEventListener<Name extends keyof WorkerEvents>(
    name: Name,
    handler: (event: WorkerEvents[Name]) => void,
  ): void;
  pushes: object;
  /** What a push without words of its own says: set by /service-worker.js. */
  readonly words: { title: string; body: string };
}
interface NotificationOptions {
  renotify?: boolean;
  actions?: { action: string; title: string }[];
}
