import { createServer } from "node:net";
import { listening, type Simulator } from "./listening.ts";

export type ScaleSimulator = Simulator & {
  /** What lies on it, in grams; a word where it cannot say. */
  readonly put: (load: number | "moving" | "overload" | "underload") => void;
};

const STATES = { moving: "S D      0.000 kg", overload: "S +", underload: "S -" } as const;

/** A scale that speaks MT-SICS. */
export async function startScaleSimulator(): Promise<ScaleSimulator> {
  let load: number | keyof typeof STATES = 0;
  const answer = (): string => (typeof load === "number" ? `S S ${(load / 1000).toFixed(3).padStart(10)} kg` : STATES[load]);
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      socket.write(bytes.toString("ascii") === "S\r\n" ? `${answer()}\r\n` : "ES\r\n");
    });
  });
  return {
    ...(await listening(server)),
    put(next) {
      load = next;
    },
  };
}
