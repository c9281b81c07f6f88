import { connectTo, nextBytes, writeTo } from "../tcp.ts";

/** What lies on a scale, or why it cannot say so. */
export type Weighing =
  | { readonly kind: "weight"; readonly grams: number }
  | { readonly kind: "not_weighed"; readonly because: "unreachable" | "moving" | "overload" | "underload" | "busy" | "unreadable" };

const CONNECT_MS = 3000;
/** How long a scale may take to come to rest. */
const STABLE_MS = 5000;
const GRAMS: Readonly<Record<string, number>> = { g: 1, kg: 1000 };

/** Asks a scale for a stable weight by MT-SICS (Mettler-Toledo Standard Interface Command Set, level 0, command `S`) over TCP [DEV-7]. */
export async function weigh(address: string): Promise<Weighing> {
  const socket = await connectTo(address, CONNECT_MS).catch(() => undefined);
  if (!socket) return { kind: "not_weighed", because: "unreachable" };
  try {
    await writeTo(socket, Buffer.from("S\r\n", "ascii"));
    let text = "";
    while (!text.includes("\n")) {
      const bytes = await nextBytes(socket, STABLE_MS);
      if (!bytes) return { kind: "not_weighed", because: "unreadable" };
      text += Buffer.from(bytes).toString("latin1");
    }
    return readAnswer(text);
  } catch {
    return { kind: "not_weighed", because: "unreadable" };
  } finally {
    socket.destroy();
  }
}

/** `S S     0.252 kg`: stable; `S D`: still moving; `S I`: busy; `S +`, `S -`: beyond its range. */
export function readAnswer(text: string): Weighing {
  const [name, state, value, unit] = text.trim().split(/\s+/);
  if (name !== "S") return { kind: "not_weighed", because: "unreadable" };
  if (state === "D") return { kind: "not_weighed", because: "moving" };
  if (state === "I") return { kind: "not_weighed", because: "busy" };
  if (state === "+") return { kind: "not_weighed", because: "overload" };
  if (state === "-") return { kind: "not_weighed", because: "underload" };
  const each = GRAMS[unit ?? ""];
  const amount = Number(value);
  if (state !== "S" || each === undefined || !Number.isFinite(amount)) return { kind: "not_weighed", because: "unreadable" };
  return { kind: "weight", grams: Math.round(amount * each) };
}
