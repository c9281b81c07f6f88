/** How often a frame is looked at: what is awaited in it comes from its own app, which knows nothing of the tour. */
const LOOK_MS = 150;
const PATIENCE_MS = 15_000;

const MARK = "data-tour-next";
const STYLE = `[${MARK}]{outline:3px solid #c8562f!important;outline-offset:3px!important;border-radius:10px;animation:tour-next 1.4s ease-in-out infinite}
@keyframes tour-next{50%{outline-offset:7px}}
@media (prefers-reduced-motion:reduce){[${MARK}]{animation:none}}`;

/** The first visible element of a frame that fits; null while there is none. */
export function seen(frame: HTMLIFrameElement | null, selector: string): HTMLElement | null {
  const found = frame?.contentDocument?.querySelectorAll<HTMLElement>(selector) ?? [];
  return [...found].find((element) => element.getClientRects().length > 0) ?? null;
}

/** Where an app shows one side at a time and what is awaited is on the other, so long: what is about to come has come by then. */
const TURN_MS = 1200;

/** Turns an upright till from its products to its ticket or back, when that has been missing for long which the tour waits for. */
function createTurn(frame: HTMLIFrameElement | null): (isThere: boolean) => void {
  let since = Date.now();
  return (isThere) => {
    if (isThere) since = Date.now();
    if (Date.now() - since < TURN_MS || frame?.contentDocument?.querySelector("dialog[open]")) return;
    since = Date.now();
    seen(frame, '[data-tour="other-side"]')?.click();
  };
}

/** Resolves with an element once it is shown in a frame; rejects when it does not come, or the scene is left. */
export async function shown(frame: HTMLIFrameElement | null, selector: string, signal: AbortSignal): Promise<HTMLElement> {
  const turn = createTurn(frame);
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    signal.throwIfAborted();
    const element = seen(frame, selector);
    if (element) return element;
    turn(false);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  throw new Error(`${selector} did not come`);
}

/** Resolves once nothing like it is shown in a frame any more, or after as long as anything is waited for; rejects when the scene is left. */
export async function gone(frame: HTMLIFrameElement | null, selector: string, signal: AbortSignal): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; seen(frame, selector) && Date.now() < until;) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    signal.throwIfAborted();
  }
}

/** What is told of an element that is to be tapped. */
export type Marked = {
  readonly onTap: () => void;
  /** It has not been there for long: its app may have failed. Told again with `false` when it comes after all. */
  readonly onMissing: (isMissing: boolean) => void;
};

/**
 * Marks an element of a frame as the next to tap, for as long as it is wanted, also when its app draws it anew or loads again. Answers how
 * to stop.
 */
export function markNext(frame: HTMLIFrameElement, selector: string, { onTap, onMissing }: Marked): () => void {
  let marked: HTMLElement | null = null;
  let isTapped = false;
  let seenAt = Date.now();
  let isMissing = false;
  const turn = createTurn(frame);
  const tapped = (event: Event): void => {
    // By class of the frame's own window: an element of another window is no instance of this one's.
    const isTarget = marked !== null && event.composedPath().includes(marked);
    if (!isTarget || isTapped) return;
    isTapped = true;
    // The app's own handler comes first.
    setTimeout(onTap);
  };
  const tellMissing = (element: HTMLElement | null): void => {
    if (element) seenAt = Date.now();
    const isLate = Date.now() - seenAt > PATIENCE_MS;
    if (isLate !== isMissing) onMissing(isLate);
    isMissing = isLate;
  };
  const look = (): void => {
    const element = seen(frame, selector);
    tellMissing(element);
    turn(element !== null);
    if (element === marked) return;
    marked?.removeAttribute(MARK);
    marked?.removeEventListener("click", tapped);
    marked = element;
    if (!element) return;
    styled(element.ownerDocument);
    element.setAttribute(MARK, "");
    element.addEventListener("click", tapped);
    element.scrollIntoView({ block: "nearest" });
  };
  look();
  const timer = setInterval(look, LOOK_MS);
  return () => {
    clearInterval(timer);
    marked?.removeAttribute(MARK);
    marked?.removeEventListener("click", tapped);
  };
}

function styled(document: Document): void {
  if (document.getElementById("tour-style")) return;
  const style = document.createElement("style");
  style.id = "tour-style";
  style.textContent = STYLE;
  document.head.append(style);
}

/** Types into a field of a frame, as its app hears it. */
export function typeInto(field: HTMLElement, text: string): void {
  const view = field.ownerDocument.defaultView;
  if (!view) return;
  // The frame has classes of its own; React listens to the native setter's event only.
  const { HTMLInputElement: Input, Event: FrameEvent } = view as unknown as typeof globalThis; // a window carries the globals of its realm
  Object.getOwnPropertyDescriptor(Input.prototype, "value")?.set?.call(field, text);
  field.dispatchEvent(new FrameEvent("input", { bubbles: true }));
}

/** What a keyboard scanner at the till sends: keys faster than any hand, then Enter. */
export function scanAt(frame: HTMLIFrameElement | null, text: string): void {
  const document = frame?.contentDocument;
  const view = document?.defaultView;
  if (!document || !view) return;
  const { KeyboardEvent: Key } = view as unknown as typeof globalThis; // as above
  for (const key of [...text, "Enter"]) document.body.dispatchEvent(new Key("keydown", { key, bubbles: true, cancelable: true }));
}

/** Forgets what the framed devices keep in this browser: a scene begins with an empty ticket and no cart. */
export function clearDevices(devices: readonly string[]): void {
  for (const key of Object.keys(localStorage)) if (devices.some((device) => key.endsWith(`@${device}`))) localStorage.removeItem(key);
}
