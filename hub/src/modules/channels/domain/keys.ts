export type KeyKind = "publishable" | "secret";

const PREFIX: Readonly<Record<KeyKind, string>> = { publishable: "pk_", secret: "sk_" };

/** The value of a new key from random text: `pk_…` or `sk_…`, so that a person sees which one they are about to paste where. */
export function keyValue(kind: KeyKind, random: string): string {
  return PREFIX[kind] + random;
}

/** The kind that a value claims to be, or undefined when it is no key. */
export function kindOfKey(value: string): KeyKind | undefined {
  if (value.startsWith(PREFIX.publishable)) return "publishable";
  return value.startsWith(PREFIX.secret) ? "secret" : undefined;
}

/** The demo's keys stand in the repository for everyone to read, so no other installation accepts one [CHA-3]. */
export function isDemoKey(value: string): boolean {
  return value.startsWith("pk_demo_") || value.startsWith("sk_demo_");
}

/** How a key is shown: a publishable one whole, since it is public, of a secret one only its two ends [CHA-2]. */
export function displayOf(kind: KeyKind, value: string): string {
  return kind === "publishable" ? value : `${value.slice(0, 7)}…${value.slice(-4)}`;
}
