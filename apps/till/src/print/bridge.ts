import type { PrintProblem } from "./job.ts";
import type { BridgeSetup } from "./setup.ts";
import type { PrinterModel } from "./encode.ts";

/** A device of the store as its bridge shows it. */
export type BridgeDevice =
  | ({ readonly kind: "printer"; readonly id: string; readonly name: string; readonly opensDrawer: boolean } & PrinterModel)
  | { readonly kind: "scale" | "terminal"; readonly id: string; readonly name: string };

export type Hello = { readonly name: string; readonly isSimulated: boolean; readonly code?: string };
/** What a bridge did not do, by its code; `bridge.unreachable` when nobody answered. */
export class BridgeError extends Error {
  readonly code: string;
  readonly fields: Readonly<Record<string, unknown>>;
  constructor(code: string, fields: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.code = code;
    this.fields = fields;
  }
}

/** A network printer is asked for up to 5 s by the bridge, which must be the one to say so. */
const WAIT_MS = 12_000;

/** Asks the bridge. Throws `BridgeError`. */
export async function askBridge<T>(
  { url, token }: Pick<BridgeSetup, "url"> & Partial<Pick<BridgeSetup, "token">>,
  path: string,
  { method = "GET", body }: { readonly method?: "GET" | "POST" | "PUT"; readonly body?: object } = {},
): Promise<T> {
  const headers = { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...(body && { "content-type": "application/json" }) };
  let response: Response;
  try {
    response = await fetch(`${url}${path}`, {
      method,
      headers,
      signal: AbortSignal.timeout(WAIT_MS),
      ...(body && { body: JSON.stringify(body) }),
    });
  } catch {
    throw new BridgeError("bridge.unreachable");
  }
  const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>; // whatever it said, read as an object below
  if (response.ok) return answer as T; // as the bridge's routes answer
  throw new BridgeError(typeof answer["code"] === "string" ? answer["code"] : "bridge.unreachable", answer);
}

/** Pairs this till with a bridge by the code that the bridge shows. */
export async function pairWithBridge(
  typed: string,
  code: string,
  register: { readonly id: string; readonly name: string },
): Promise<BridgeSetup> {
  const url = typed.trim().replace(/\/+$/, "");
  const body = { code, registerId: register.id, registerName: register.name };
  const { token, name } = await askBridge<{ token: string; name: string }>({ url }, "/pairings", { method: "POST", body });
  return { url, token, name };
}

const PROBLEMS = ["unreachable", "paper_out", "cover_open", "broken"] as const;

/** Prints on a printer of the bridge. The job's id makes it one paper, however often it is sent. */
export async function printByBridge(
  bridge: BridgeSetup,
  printerId: string,
  jobId: string,
  bytes: Uint8Array,
): Promise<PrintProblem | null> {
  try {
    await askBridge(bridge, `/printers/${printerId}/jobs`, { method: "POST", body: { id: jobId, bytes: toBase64(bytes) } });
    return null;
  } catch (error) {
    if (!(error instanceof BridgeError)) throw error;
    if (error.code === "bridge.unreachable") return "bridge_unreachable";
    if (error.code === "bridge.unpaired") return "bridge_unpaired";
    return PROBLEMS.find((known) => known === error.fields["problem"]) ?? "no_printer";
  }
}

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
