import type { Judged, JoinedRows, Learned, Thresholds } from "../domain/matching/index.ts";

/** What stands between the hub and the thread that compares the whole customer file. Rows are numbers: the hub knows whose they are. */
export type ToThread =
  | {
      readonly kind: "rows";
      readonly rows: readonly (readonly string[])[];
      readonly circles: readonly number[];
      readonly groups: readonly number[];
    }
  | {
      readonly kind: "start";
      readonly thresholds: Thresholds;
      readonly apart: readonly (readonly [number, number])[];
      /** Pairs that likeness joined before. */
      readonly joined: readonly (readonly [number, number])[];
    }
  | { readonly kind: "known"; readonly units: readonly (readonly [number, Judged])[] };

export type FoundRows = JoinedRows & { readonly kind: "link" | "review" | "withdraw" };

export type FromThread =
  | { readonly kind: "planned"; readonly planHash: string }
  | { readonly kind: "unit"; readonly unit: number; readonly found: Judged }
  | { readonly kind: "progress"; readonly done: number; readonly of: number }
  | {
      readonly kind: "learned";
      readonly learned: Learned;
      readonly compared: number;
      readonly linkFrom: number;
      readonly expectedPrecision: number;
    }
  | { readonly kind: "keys"; readonly from: number; readonly keys: readonly (readonly number[])[] }
  | { readonly kind: "found"; readonly findings: readonly FoundRows[] }
  | { readonly kind: "done" };
