import type { Texts } from "../types.ts";
import type { Four } from "./sketch.ts";

export function textsOf([en, fr, de, ca]: Four): Texts {
  return { en, fr, de, ca };
}
