// Shapes that several scripts share, for `make check` and for editors. No browser loads this file.

// --- What lies on the phone (offline/store.js) ---

type KeptKind = "attempt" | "draft";

/** A call, visit or message that was begun here and is not logged yet. Times are ISO texts. */
interface Attempt {
  key: string;
  client: string;
  contact?: string;
  name?: string; // of the contact, or of the client
  kind?: string;
  direction?: string;
  next?: string; // the name of whom to call next
  page?: string; // for a letter that was drafted here: the page that asks about it, with a query
  at: string;
  later?: boolean; // the person chose "Later": the list says so, and no page asks by itself
  back?: string; // when the person came back to the app
  noted?: number; // milliseconds since 1970, when it was last written
}

/** What stands in the fields of a form, by name. */
type FormValues = Record<string, string[]>;

interface KeptRow {
  user: string;
  key: string;
  what: KeptKind;
  value: { noted?: number }; // and the rest of an Attempt, or FormValues
}

/** One second or so of a spoken note. An earlier release kept the value's fields in the row. */
interface ChunkRow {
  user: string;
  key: string;
  number: number;
  bytes: ArrayBuffer;
  value: ChunkInfo;
}

interface ChunkInfo {
  type: string;
  seconds: number; // the length of the note up to the end of this chunk
  begun: string;
}

/** Why the server refused an item, in its words, and whether a person has seen that. */
interface Problem {
  status: number;
  words: string;
  seen: boolean;
}

/** What a form asks to be sent. */
interface Submission {
  to: string; // the address
  fields: [name: string, text: string][];
  client?: string;
  label?: string; // names it on the page of the outbox
  from: string; // the page that its form stands on
}

interface OutboxItem {
  user: string;
  number: number;
  value: Submission & { key: string; at: string; problem?: Problem };
}

interface KeyRow {
  user: string;
  key: CryptoKey;
}

/** A row with its content, and the same encrypted: `sealed` on every phone since the first release. */
interface PlainRow {
  user: string;
  value?: unknown;
  bytes?: ArrayBuffer;
}
interface Ciphertext {
  iv: BufferSource;
  data: BufferSource;
}
type EncryptedRow<Row extends PlainRow> = Omit<Row, "value" | "bytes"> & {
  sealed: [value: Ciphertext, bytes: Ciphertext | undefined];
};
type StoredRow<Row extends PlainRow> = (Row & { sealed?: undefined }) | EncryptedRow<Row>;

/** As /clients/index.json has them: each client by name, the contact to reach first. */
type IndexedContact = [id: number, name: string, numbers: string[]];
type ListedClient = [id: number, name: string, town: string | null, contacts: IndexedContact[]];
/** The same with what it is found by (offline/client-search.js). */
type IndexedClient = [...ListedClient, key: string];

interface SpokenNote {
  blob: Blob;
  seconds: number;
  begun: string;
}

/** What became of one item of the outbox. */
interface SendOutcome {
  result: "offline" | "signed out" | "retry" | "problem" | "sent";
  status?: number;
  location?: string | null; // where the server leads to
  html?: string; // the form again, with what is wrong in it
}

// --- events.js ---

interface EventDetails {
  "outbox:queued": undefined;
  "outbox:delivered": undefined;
  "outbox:changed": OutboxItem[];
  "outbox:flush": undefined;
  "store:unlocked": undefined;
  "recorder:finish": Promise<unknown>[];
}

// --- Markup ---

/** An element with `data-…` attributes that its template always sets. */
type Marked<Names extends string, Of extends HTMLElement = HTMLElement> = Of & {
  dataset: Record<Names, string>;
};

/** A form with fields that its template always has, and some that it may have. */
type FormWith<Names extends string, Perhaps extends string = never> = HTMLFormElement & {
  elements: Record<Names, HTMLInputElement> & Partial<Record<Perhaps, HTMLInputElement>>;
};

/** What a person chose of their phone's contacts: the Contact Picker API, in Chrome on Android. */
interface PickedContact {
  name?: string[];
  tel?: string[];
  email?: string[];
}
interface Navigator {
  readonly contacts?: {
    select(properties: string[], options: { multiple: boolean }): Promise<PickedContact[]>;
  };
}

/** A link that dials or sets off: templates/_dial.html */
type DialLink = Marked<"client" | "contact" | "name" | "kind">;

// The markup is our own: what a script looks for is there, or the script says `?.` or `if` itself.
interface ParentNode {
  querySelector<Name extends keyof HTMLElementTagNameMap>(
    selectors: Name,
  ): HTMLElementTagNameMap[Name];
  querySelector<Found extends HTMLElement = HTMLElement>(selectors: string): Found;
  querySelectorAll<Name extends keyof HTMLElementTagNameMap>(
    selectors: Name,
  ): NodeListOf<HTMLElementTagNameMap[Name]>;
  querySelectorAll<Found extends HTMLElement = HTMLElement>(selectors: string): NodeListOf<Found>;
}
interface Document {
  getElementById<Found extends HTMLElement = HTMLElement>(id: string): Found;
}

// --- What the browser has and TypeScript's own list has not ---

interface ServiceWorkerRegistration {
  readonly sync?: { register(tag: string): Promise<void> };
}
/** Chromium's offer to install the app. */
interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<unknown>;
}
interface WindowEventMap {
  beforeinstallprompt: BeforeInstallPromptEvent;
}

// --- Vendored ---

interface HtmxContext {
  sourceElement: HTMLElement;
  target: HTMLElement;
  select?: string;
  text: string;
  request: { submitter?: HTMLElement };
  response: { status: number; raw: Response };
}
declare var htmx:
  | {
      process(element: Element): void;
      ajax(method: string, address: string, options: object): Promise<unknown>;
    }
  | undefined;

/** What htmx says when a request was not answered, or not with success. */
interface HtmxErrorEvent extends Event {
  target: HTMLElement;
  detail: { ctx: { response: { status: number } } };
}
interface DocumentEventMap {
  "htmx:before:response": CustomEvent<{ ctx: HtmxContext }>;
  "htmx:before:history:update": CustomEvent<{
    history: { path: string };
    response: { raw: Response };
  }>;
  "htmx:before:swap": CustomEvent<{ ctx: HtmxContext }>;
  "htmx:after:swap": CustomEvent<{ ctx: HtmxContext }>;
  "htmx:response:error": CustomEvent<{ ctx: HtmxContext }>;
  "htmx:error": CustomEvent<{ ctx?: HtmxContext }>;
}

// Only what offline/store.js uses, of https://github.com/jakearchibald/idb
declare module "*/vendor/idb@8.0.4/index.js" {
  interface Tables {
    chunks: StoredRow<ChunkRow>;
    kept: StoredRow<KeptRow>;
    outbox: StoredRow<OutboxItem>;
    keys: KeyRow;
  }
  type Name = keyof Tables;
  type Query = IDBValidKey | IDBKeyRange;
  interface Table<Row> {
    readonly keyPath: string[];
    get(key: Query): Promise<Row | undefined>;
    put(row: Row): Promise<IDBValidKey>;
    delete(key: Query): Promise<void>;
    openKeyCursor(
      range: Query,
      direction: IDBCursorDirection,
    ): Promise<{ key: [user: string, number: number] } | null>;
  }
  interface Transaction {
    readonly done: Promise<void>;
    objectStore<N extends Name>(name: N): Table<Tables[N]>;
  }
  interface Database {
    createObjectStore(name: Name, options: IDBObjectStoreParameters): unknown;
    transaction(
      names: Name[],
      mode: IDBTransactionMode,
      options: IDBTransactionOptions,
    ): Transaction;
    get<N extends Name>(name: N, key: Query): Promise<Tables[N] | undefined>;
    getAll<N extends Name>(name: N, range: IDBKeyRange): Promise<Tables[N][]>;
    getAllKeys(name: "keys", range?: IDBKeyRange): Promise<string[]>;
    getAllKeys(name: Exclude<Name, "keys">, range?: IDBKeyRange): Promise<string[][]>;
    getAllKeys(name: Name, range?: IDBKeyRange): Promise<(string | string[])[]>;
  }
  export function openDB(
    name: string,
    version: number,
    callbacks: {
      upgrade(database: Database, oldVersion: number): void;
      blocked(): void;
      blocking(current: number, blocked: number | null, event: Event): void;
      terminated(): void;
    },
  ): Promise<Database>;
}
